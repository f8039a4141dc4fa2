import { describe, expect, it } from 'vitest'
import { APPLIANCES } from '@/lib/contracts/appliances'
import type { Today } from '@/lib/contracts/live-events'
import { endOfLocalDay, prepareToday, todayHours } from './prepare-today'

const midnight = Date.UTC(2026, 0, 15) / 1000

function dayOf(bins: Today['bins'], binSeconds = 300): Today {
  return {
    startTimestamp: midnight, meterEnergyKwh: 0, otherEnergyKwh: 0, cost: 0, coverage: 1, appliances: [], binSeconds, bins,
  }
}
const bin = (offsetSeconds: number, totalWatts: number | null): Today['bins'][number] => ({
  startTimestamp: midnight + offsetSeconds,
  totalWatts,
  applianceWatts: totalWatts === null ? null : APPLIANCES.map(() => 10),
  otherWatts: totalWatts === null ? null : totalWatts - 110,
})

describe('prepareToday', () => {
  it('makes a gap of a null bin and of a missing bin alike', () => {
    const { rows } = prepareToday(dayOf([bin(0, 400), bin(300, null), bin(900, 500)]), 'UTC')
    expect(rows.map((row) => row.totalWatts)).toEqual([400, null, null, 500])
    expect(rows[1]?.bands).toBeNull()
  })

  it('averages finer bins over what was measured, without counting a hole as zero', () => {
    const { rows } = prepareToday(dayOf([bin(0, 400), bin(60, null), bin(120, 600)], 60), 'UTC')
    expect(rows).toHaveLength(1)
    expect(rows[0]?.totalWatts).toBe(500)
    expect(rows[0]?.bands?.other).toBe(390)
  })

  it('has no rows before the first bin of the day', () => {
    expect(prepareToday(dayOf([]), 'UTC').rows).toEqual([])
  })
})

it('knows days of 23, 24 and 25 hours', () => {
  const berlinMidnight = (month: number, day: number, utcHour: number) => Date.UTC(2026, month, day, utcHour) / 1000
  const hours = (start: number) => (endOfLocalDay(start, 'Europe/Berlin') - start) / 3600
  expect(hours(berlinMidnight(0, 14, 23))).toBe(24)
  expect(hours(berlinMidnight(2, 28, 23))).toBe(23)
  expect(hours(berlinMidnight(9, 24, 22))).toBe(25)
})

it('sums hours to energy over the measured part and says how much that was', () => {
  const bins = Array.from({ length: 18 }, (_, index) => bin(index * 300, index >= 6 && index < 12 ? null : 1200))
  const hours = todayHours(prepareToday(dayOf(bins), 'UTC'))
  expect(hours.map((hour) => hour.coverage)).toEqual([0.5, 1])
  expect(hours[0]?.meterEnergyKwh).toBeCloseTo(0.6)
  expect(hours[1]?.bandEnergyKwh?.Freezer).toBeCloseTo(0.005)
})
