import { expect, it } from 'vitest'
import { LocalCalendar } from '@/lib/domain/local-calendar'
import { detectIncidents } from './detect-incidents'
import { DAY_SECONDS, HOUR_SECONDS, type BuildingHistory, type HourReading } from './incident'
import { meterFaults } from './meter-faults'
import { daysOf } from './unusual-day'

const NOW = Date.UTC(2026, 1, 20, 12) / 1000

/** Five weeks of hours that differ a little, as a function of how many hours ago they began. */
function historyOf(change: (hour: HourReading, hoursAgo: number) => HourReading | null): BuildingHistory {
  const hours = Array.from({ length: 35 * 24 }, (_, index) => {
    const startSeconds = NOW - 35 * DAY_SECONDS + index * HOUR_SECONDS
    const watts = 300 + 100 * Math.sin(index / 4) + 40 * Math.sin(index * 1.7)
    return { startSeconds, energyWh: watts, coveredSeconds: 3600, minWatts: watts / 2, maxWatts: 3 * watts }
  })
  const changed = hours.flatMap((hour) => change(hour, (NOW - hour.startSeconds) / HOUR_SECONDS) ?? [])
  return { buildingId: 'house', timeZone: 'UTC', nowSeconds: NOW, hours: changed, runs: [], quality: [] }
}

it('readings that have been missing for ten days are missing for ten days', () => {
  const [fault] = meterFaults(historyOf((hour, ago) => (ago <= 240 ? null : hour)))
  expect(fault).toMatchObject({ type: 'meter_gap', details: { hours: 240 }, startSeconds: NOW - 240 * HOUR_SECONDS })
})

it('a gap of long ago is none of today', () => {
  expect(meterFaults(historyOf((hour, ago) => (ago <= 240 && ago > 72 ? null : hour)))).toEqual([])
})

it('a meter that has stood still for ten days stands still, and that is not taken for its way of reporting', () => {
  const [fault] = meterFaults(historyOf((hour, ago) => (ago <= 240 ? { ...hour, minWatts: 400, maxWatts: 400 } : hour)))
  expect(fault).toMatchObject({ type: 'meter_stuck', details: { hours: 240, watts: 400 } })
  expect(fault!.details['usualWatts']).toBeGreaterThan(100)
})

it.each([
  ['drawn', { maxWatts: 900_000, energyWh: 300_000 }],
  ['fed in', { minWatts: -900_000, energyWh: -300_000 }],
])('an impossible value of power %s is found again, whatever came days before', (_, broken) => {
  const [fault] = meterFaults(historyOf((hour, ago) => (ago === 5 || ago === 120 ? { ...hour, ...broken } : hour)))
  expect(fault).toMatchObject({ type: 'meter_impossible', startSeconds: NOW - 5 * HOUR_SECONDS })
  expect(Math.abs(Number(fault!.details['highestWatts']))).toBeLessThan(2_000)
})

it('an impossible value of days before does not hide what is unusual now', () => {
  const history = historyOf((hour, ago) => {
    if (ago === 120) return { ...hour, maxWatts: 900_000, energyWh: 300_000 }
    return ago <= 8 ? { ...hour, energyWh: hour.energyWh + 2_500 } : hour
  })
  expect(detectIncidents(history).map(({ type }) => type)).toContain('unusual_consumption')
})

it('a day that is not over is no whole day, though 23 of its hours are', () => {
  const midnight = Math.floor(NOW / DAY_SECONDS) * DAY_SECONDS
  const hours = Array.from({ length: 47 }, (_, index) => {
    return { startSeconds: midnight - DAY_SECONDS + index * HOUR_SECONDS, energyWh: 300, coveredSeconds: 3600, minWatts: 100, maxWatts: 900 }
  })
  const calendar = new LocalCalendar('UTC', midnight - DAY_SECONDS, midnight + DAY_SECONDS)
  expect(daysOf(hours, calendar, midnight + 23 * HOUR_SECONDS).map(({ startSeconds }) => startSeconds)).toEqual([midnight - DAY_SECONDS])
  expect(daysOf(hours, calendar, midnight + DAY_SECONDS)).toHaveLength(2)
})
