import { expect, it } from 'vitest'
import { alwaysOnLoad, quantile } from './always-on'
import { expectMonth } from './expected-month'
import { LocalCalendar } from './local-calendar'

const START = Date.parse('2025-06-01T00:00:00Z') / 1000
const calendar = new LocalCalendar('UTC', START, START + 40 * 86_400)

/** Quarters of some days: `wattsOf` is asked for every quarter of an hour. */
function quartersOf(days: number, wattsOf: (day: number, quarter: number) => number | null, exported = 0) {
  const rows = Array.from({ length: days * 96 }, (_, index) => ({
    at: START + index * 900,
    watts: wattsOf(Math.floor(index / 96), index % 96),
  })).filter((row): row is { at: number; watts: number } => row.watts !== null)
  return {
    startSeconds: rows.map(({ at }) => at),
    importedWh: rows.map(({ watts }) => watts / 4),
    exportedWh: rows.map((_, index) => (index % 96 === 48 ? exported : 0)),
    coveredSeconds: rows.map(() => 900),
  }
}

it('is what is drawn all the time, not what a power cut, an odd day or a busy evening makes of it', () => {
  const quarters = quartersOf(28, (day, quarter) => {
    if (quarter === 5) return 0
    if (day === 3) return 4000
    return quarter > 72 ? 1500 : 80 + (quarter % 3) * 30
  })
  const load = alwaysOnLoad(quarters, calendar, 1)
  expect(load?.days).toBe(28)
  expect(load?.powerWatts).toBeCloseTo(80, 6)
})

it('is not known where days were hardly measured', () => {
  expect(
    alwaysOnLoad(
      quartersOf(28, (_, quarter) => (quarter < 40 ? 100 : null)),
      calendar,
      1,
    ),
  ).toBeNull()
  expect(
    alwaysOnLoad(
      quartersOf(2, () => 100),
      calendar,
      1,
    ),
  ).toBeNull()
})

it('looks at nights only where the sun hides what the home draws', () => {
  const load = alwaysOnLoad(
    quartersOf(10, (_, quarter) => (quarter > 36 && quarter < 60 ? 0 : 120), 500),
    calendar,
    1,
  )
  expect(load?.powerWatts).toBeCloseTo(120, 6)
})

it('counts a quantile between values', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5)
  expect(quantile([7], 0.025)).toBe(7)
})

it('expects of the days to come what such days were, and a range that grows with them', () => {
  const past = Array.from({ length: 28 }, (_, index) => {
    const isWeekend = index % 7 > 4
    return { energyKwh: (isWeekend ? 20 : 10) + (index % 2), coverage: 1, isWeekend }
  })
  const soon = expectMonth(100, { workdays: 2, weekendDays: 1 }, past)!
  const late = expectMonth(0, { workdays: 20, weekendDays: 8 }, past)!
  expect(soon.energyKwh).toBeCloseTo(100 + 2 * 10.5 + 20.5, 1)
  expect(soon.highKwh - soon.lowKwh).toBeLessThan(late.highKwh - late.lowKwh)
  expect(expectMonth(100, { workdays: 0, weekendDays: 0 }, past)).toMatchObject({ energyKwh: 100, lowKwh: 100, highKwh: 100 })
})

it('scales days with small gaps and leaves out those with large ones', () => {
  const past = Array.from({ length: 14 }, (_, index) => ({
    energyKwh: index < 7 ? 9 : 1,
    coverage: index < 7 ? 0.9 : 0.3,
    isWeekend: false,
  }))
  expect(expectMonth(0, { workdays: 3, weekendDays: 0 }, past)).toMatchObject({ energyKwh: 30, days: 7 })
  expect(expectMonth(0, { workdays: 3, weekendDays: 0 }, past.slice(3))).toBeNull()
})
