import { expect, it } from 'vitest'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { MinuteAccumulator } from './minute-accumulator'
import type { MeteredEstimate } from './pending-seconds'

const MINUTE = 1_706_184_000

/** A second of which the first appliance draws these watts. */
function second(i: number, powerWatts: number, coveredSeconds = 1): MeteredEstimate {
  const off = { powerWatts: 0, probability: 0, isOn: false, confidence: 1 }
  const appliances = APPLIANCES.map((_, at) => (at === 0 ? { ...off, powerWatts, isOn: powerWatts > 0 } : off))
  return { timestampSeconds: MINUTE + i, totalWatts: 3000, coveredSeconds, appliances, otherWatts: 3000 - powerWatts }
}

function metered(): MinuteAccumulator {
  const minutes = new MinuteAccumulator()
  minutes.addSpan({ startSeconds: MINUTE, endSeconds: MINUTE + 60, powerWatts: 3000 })
  return minutes
}

it('a minute is what was estimated at first until all of it has settled, and then what is final', () => {
  const minutes = metered()
  for (let i = 1; i <= 60; i++) minutes.addProvisional(second(i, 1200))
  for (let i = 1; i <= 30; i++) minutes.addFinal(second(i, 600))
  const [first] = minutes.take(MINUTE + 30)
  expect(first!.appliances[0]!.energyWh).toBeCloseTo(20, 9)
  for (let i = 31; i <= 60; i++) minutes.addFinal(second(i, 600))
  const [settled] = minutes.take(MINUTE + 60)
  expect(settled!.appliances[0]!.energyWh).toBeCloseTo(10, 9)
  expect(minutes.take(MINUTE + 120)).toEqual([])
})

it('a second counts as far as readings cover it', () => {
  const minutes = metered()
  for (let i = 1; i <= 60; i++) minutes.addFinal(second(i, 1200, i <= 10 ? 0.5 : i <= 20 ? 0 : 1))
  const [settled] = minutes.take(MINUTE + 60)
  expect(settled!.appliances[0]).toMatchObject({ energyWh: expect.closeTo((1200 * 45) / 3600, 9), onSeconds: 45 })
})
