import { expect, it, vi } from 'vitest'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { createBlock } from '@/lib/simulation/block'
import { createHome } from '@/lib/simulation/home'
import { trueActivations } from '@/lib/simulation/testing/true-activations'

// Days of seconds are computed here, on machines that may be busy with other tests.
vi.setConfig({ testTimeout: 60_000 })

const options = { seed: 13, startTimestampSeconds: Date.parse('2026-02-07T00:00:00Z') / 1000, timeZone: 'Europe/Berlin' }

it('lists the runs that the watts show, with their energy and peak', () => {
  const block = createBlock(3 * 86_400)
  createHome(options).fill(block.powerWatts.length, block)
  const activations = trueActivations(options, 2 * 86_400)
  expect(new Set(activations.map((activation) => activation.appliance)).size).toBeGreaterThan(6)
  for (const { appliance, startTimestampSeconds, endTimestampSeconds, energyWh, peakWatts } of activations) {
    const from = startTimestampSeconds - block.startTimestampSeconds
    const watts = block.applianceWatts[APPLIANCES.indexOf(appliance)]!.slice(
      from,
      endTimestampSeconds - block.startTimestampSeconds,
    )
    expect(watts.reduce((sum, value) => sum + value, 0) / 3600).toBeCloseTo(energyWh, 3)
    expect(Math.max(...watts)).toBeCloseTo(peakWatts, 3)
  }
})

it('accounts for a kettle completely: outside its activations it draws nothing', () => {
  const block = createBlock(2 * 86_400)
  createHome(options).fill(block.powerWatts.length, block)
  const watts = block.applianceWatts[APPLIANCES.indexOf('ElectricKettle')]!
  const total = watts.reduce((sum, value) => sum + value, 0) / 3600
  const kettle = trueActivations(options, 2 * 86_400).filter((activation) => activation.appliance === 'ElectricKettle')
  expect(kettle.length).toBeGreaterThan(2)
  expect(kettle.reduce((sum, activation) => sum + activation.energyWh, 0)).toBeCloseTo(total, 2)
})
