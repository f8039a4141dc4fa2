import { describe, expect, it } from 'vitest'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { todaySchema } from '@/lib/contracts/live-events'
import { accountToday, TODAY_BIN_SECONDS } from './today'

const startSeconds = 1_700_000_000
const day = (elapsedSeconds: number) => ({ startSeconds, nowSeconds: startSeconds + elapsedSeconds, pricePerKwh: 0.32 })

describe('the day so far', () => {
  it('adds up: appliances and other are the meter, in total and in every bin', () => {
    const bins = Array.from({ length: 90 }, (_, bin) => bin)
    const today = accountToday(
      {
        meter: bins.map((bin) => ({ bin, energyWh: 100.1 + bin / 3, coveredSeconds: 599 })),
        appliances: bins.flatMap((bin) => [0, 4, 9].map((appliance) => ({ bin, appliance, energyWh: (bin + appliance) / 7 }))),
        openRuns: [],
      },
      day(90 * TODAY_BIN_SECONDS),
    )
    const sum = today.appliances.reduce((total, item) => total + item.energyKwh, 0)
    expect(Math.abs(sum + today.otherEnergyKwh - today.meterEnergyKwh)).toBeLessThan(1e-9)
    expect(today.meterEnergyKwh).toBeCloseTo(bins.reduce((total, bin) => total + 100.1 + bin / 3, 0) / 1000, 9)
    for (const bin of today.bins) {
      const parts = (bin.applianceWatts ?? []).reduce((total, watts) => total + watts, 0) + (bin.otherWatts ?? NaN)
      expect(Math.abs(parts - (bin.totalWatts ?? NaN))).toBeLessThan(1e-9)
    }
    expect(todaySchema.parse(today)).toEqual(today)
  })

  it('leaves out what was not measured: the bin is null and the coverage says how much is missing', () => {
    const today = accountToday(
      { meter: [{ bin: 1, energyWh: 50, coveredSeconds: 300 }], appliances: [], openRuns: [] },
      day(3 * TODAY_BIN_SECONDS),
    )
    expect(today.bins.map((bin) => bin.totalWatts)).toEqual([null, 600, null])
    expect(today.bins[0]).toEqual({ startTimestamp: startSeconds, totalWatts: null, applianceWatts: null, otherWatts: null })
    expect(today.coverage).toBeCloseTo(300 / 1800, 12)
  })

  it('prices the energy of the meter and of each appliance', () => {
    const today = accountToday(
      {
        meter: [{ bin: 0, energyWh: 2000, coveredSeconds: 600 }],
        appliances: [{ bin: 0, appliance: 1, energyWh: 500 }],
        openRuns: [],
      },
      day(600),
    )
    expect(today.cost).toBeCloseTo(0.64, 12)
    expect(today.appliances[1]).toEqual({ appliance: 'Dishwasher', energyKwh: 0.5, cost: 0.16, onSinceTimestamp: null })
  })

  it('says since when an appliance is on: the newest run in progress', () => {
    const openRuns = [
      { appliance: 7, startedAtSeconds: startSeconds + 10 },
      { appliance: 7, startedAtSeconds: startSeconds + 500 },
    ]
    const today = accountToday({ meter: [], appliances: [], openRuns }, day(600))
    expect(today.appliances.map((item) => item.onSinceTimestamp)).toEqual(
      APPLIANCES.map((appliance) => (appliance === 'Microwave' ? startSeconds + 500 : null)),
    )
  })

  it('is empty, not wrong, in its first second', () => {
    const today = accountToday({ meter: [], appliances: [], openRuns: [] }, day(0))
    expect(today).toMatchObject({ meterEnergyKwh: 0, otherEnergyKwh: 0, cost: 0, coverage: 0, bins: [] })
  })

  it('covers at most all of the day, also when the meter is ahead of our clock', () => {
    const today = accountToday(
      { meter: [{ bin: 1, energyWh: 1, coveredSeconds: 660 }], appliances: [], openRuns: [] },
      day(600),
    )
    expect(today.coverage).toBe(1)
    expect(today.bins).toHaveLength(2)
  })
})
