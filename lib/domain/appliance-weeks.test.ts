import { expect, it } from 'vitest'
import { applianceTrend, applianceWeeks, dutyBetween, type HourUse } from './appliance-weeks'

const DAY = 86_400
/** Wednesday, 2 April 2025, 12:00 in Berlin; the clocks went forward on the Sunday before. */
const NOW = Date.UTC(2025, 3, 2, 10) / 1000
const OPTIONS = { nowSeconds: NOW, timeZone: 'Europe/Berlin', weeks: 3, pricePerKwh: 0.5 }

function hoursBetween(from: number, to: number, energyWh: number): HourUse[] {
  return Array.from({ length: (to - from) / 3600 }, (_, index) => {
    return { startSeconds: from + index * 3600, coveredSeconds: 3600, energyWh, onSeconds: 900 }
  })
}

it('weeks begin on the site\'s Monday, also in the week of 167 hours in which the clocks change', () => {
  const monday = Date.UTC(2025, 2, 30, 22) / 1000
  const hours = hoursBetween(monday - 167 * 3600 - 7 * DAY, NOW, 100)
  const starts = [monday - 1, monday, NOW - 60]
  const weeks = applianceWeeks(hours, starts, OPTIONS)
  expect(weeks.map(({ startTimestamp }) => startTimestamp)).toEqual([monday - 167 * 3600 - 7 * DAY, monday - 167 * 3600, monday])
  expect(weeks.map(({ energyKwh }) => Math.round(10 * energyKwh))).toEqual([168, 167, 60])
  expect(weeks.map(({ runs }) => runs)).toEqual([0, 1, 2])
  expect(weeks.map(({ coverage }) => coverage)).toEqual([1, 1, 1])
  expect(weeks[0]?.cost).toBeCloseTo(8.4, 9)
  expect(weeks[2]?.duty).toBeCloseTo(0.25, 9)
})

it('a week without measurements has no duty and no coverage, instead of being off', () => {
  const [first] = applianceWeeks(hoursBetween(NOW - DAY, NOW, 100), [], OPTIONS)
  expect(first).toMatchObject({ energyKwh: 0, coverage: 0, duty: null })
  expect(dutyBetween([], NOW - DAY, NOW)).toBeNull()
})

it('a trend compares measured days, so that an outage is no saving', () => {
  const before = hoursBetween(NOW - 56 * DAY, NOW - 28 * DAY, 100)
  const recent = hoursBetween(NOW - 10 * DAY, NOW, 110)
  expect(applianceTrend([...before, ...recent], NOW)?.change).toBeCloseTo(0.1, 9)
  expect(applianceTrend([...before, ...recent.slice(0, 24)], NOW)).toBeNull()
})
