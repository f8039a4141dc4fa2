import { expect, it } from 'vitest'
import type { EnergyBucket } from '@/lib/contracts/energy'
import { prepareEnergy, roundTicks } from './prepare-energy'
import { rawDayColumns, rawDayGaps } from './prepare-raw-day'

const bucket = (from: number, energyKwh: number | null, items: EnergyBucket['items'] = []): EnergyBucket => ({
  from,
  to: from + 3600,
  energyKwh,
  importedKwh: energyKwh,
  exportedKwh: 0,
  energyCost: energyKwh === null ? null : energyKwh / 4,
  standingCharge: 0,
  cost: null,
  co2Kg: null,
  coverage: energyKwh === null ? 0 : 1,
  pricedShare: 1,
  carbonShare: 1,
  items,
})

it('draws what was not measured as a gap, never as zero, and tells it from what is still to come', () => {
  const { rows } = prepareEnergy({ buckets: [bucket(0, 1), bucket(3600, null), bucket(7200, null)] }, null, 'energy', 7000)
  expect(rows.map(({ total, bands, isFuture }) => [total, bands, isFuture])).toEqual([
    [1, {}, false],
    [null, null, false],
    [null, null, true],
  ])
})

it('has room for energy fed in below zero, and for the period compared with', () => {
  const items = [
    { key: 'other', energyKwh: 2, cost: 0.6, co2Kg: null },
    { key: 'export', energyKwh: -3, cost: -0.24, co2Kg: null },
  ]
  const data = prepareEnergy({ buckets: [bucket(0, -1, items)] }, { buckets: [bucket(0, 5)] }, 'energy', 9000)
  expect([data.min, data.max, data.rows[0]!.ghost]).toEqual([-3, 5, 5])
  expect(prepareEnergy({ buckets: [bucket(0, -1, items)] }, null, 'cost', 9000).rows[0]!.bands).toEqual({
    other: 0.6,
    export: -0.24,
  })
})

it('has round ticks around the values, zero among them', () => {
  expect(roundTicks(0, 13.7)).toEqual([0, 5, 10, 15])
  expect(roundTicks(-3, 5)).toContain(0)
  expect(roundTicks(0, 0).length).toBeGreaterThan(1)
})

it('breaks the line of a raw day where readings are missing, and lists the stretches', () => {
  const day = {
    buildingId: 'b',
    from: 0,
    to: 86_400,
    isSimulated: false,
    keptDays: 14,
    gapSeconds: 2,
    timestamps: [1, 2, 4, 300, 301],
    powerWatts: [5, 6, 7, 8, 9],
  }
  expect(rawDayColumns(day)).toEqual([
    [1, 2, 4, 152, 300, 301],
    [5, 6, 7, null, 8, 9],
  ])
  expect(rawDayGaps(day, 500)).toEqual([
    { fromSeconds: 4, toSeconds: 300 },
    { fromSeconds: 301, toSeconds: 500 },
  ])
})
