import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { isPeriodProblem, parsePeriod, type PeriodContext } from './parse-period'

const BERLIN = 'Europe/Berlin'
/** A Saturday. */
const NOW = '2026-11-21T15:30:20'
const at = (local: string, zone = BERLIN) => DateTime.fromISO(local, { zone }).toSeconds()

function context(now = NOW, timeZone = BERLIN): PeriodContext {
  return { timeZone, nowSeconds: at(now, timeZone), firstReadingAt: at('2025-02-01T10:07', timeZone) }
}

function spanOf(words: string, given = context()): string {
  const period = parsePeriod(words, given)
  if (isPeriodProblem(period)) return period.problem
  const text = (seconds: number) => DateTime.fromSeconds(seconds, { zone: given.timeZone }).toFormat("yyyy-MM-dd'T'HH:mm")
  return `${text(period.from)} ${text(period.to)}`.replaceAll('T00:00', '')
}

/** The phrases of the docstring's table. */
const CANONICAL: [string, string][] = [
  ['now', '2026-11-21T15:16 2026-11-21T15:31'],
  ['today', '2026-11-21 2026-11-22'],
  ['yesterday', '2026-11-20 2026-11-21'],
  ['3 days ago', '2026-11-18 2026-11-19'],
  ['1 days ago', '2026-11-20 2026-11-21'],
  ['2 weeks ago', '2026-11-02 2026-11-09'],
  ['2 months ago', '2026-09-01 2026-10-01'],
  ['this week', '2026-11-16 2026-11-23'],
  ['last week', '2026-11-09 2026-11-16'],
  ['this weekend', '2026-11-21 2026-11-23'],
  ['last weekend', '2026-11-14 2026-11-16'],
  ['this month', '2026-11-01 2026-12-01'],
  ['last month', '2026-10-01 2026-11-01'],
  ['this quarter', '2026-10-01 2027-01-01'],
  ['last quarter', '2026-07-01 2026-10-01'],
  ['this year', '2026-01-01 2027-01-01'],
  ['last year', '2025-01-01 2026-01-01'],
  ['last 30 minutes', '2026-11-21T15:01 2026-11-21T15:31'],
  ['last 24 hours', '2026-11-20T15:31 2026-11-21T15:31'],
  ['last 7 days', '2026-11-14T15:31 2026-11-21T15:31'],
  ['last 4 weeks', '2026-10-24T15:31 2026-11-21T15:31'],
  ['last 3 months', '2026-08-21T15:31 2026-11-21T15:31'],
  ['last 2 years', '2024-11-21T15:31 2026-11-21T15:31'],
  ['tuesday', '2026-11-17 2026-11-18'],
  ['saturday', '2026-11-21 2026-11-22'],
  ['last tuesday', '2026-11-17 2026-11-18'],
  ['last saturday', '2026-11-14 2026-11-15'],
  ['march', '2026-03-01 2026-04-01'],
  ['december', '2025-12-01 2026-01-01'],
  ['november', '2026-11-01 2026-12-01'],
  ['march 2026', '2026-03-01 2026-04-01'],
  ['2026', '2026-01-01 2027-01-01'],
  ['2026-11-03', '2026-11-03 2026-11-04'],
  ['2026-10', '2026-10-01 2026-11-01'],
  ['since easter', '2026-04-05 2026-11-21T15:31'],
  ['since yesterday', '2026-11-20 2026-11-21T15:31'],
  ['since march', '2026-03-01 2026-11-21T15:31'],
  ['since last tuesday', '2026-11-17 2026-11-21T15:31'],
  ['since 2026-11-03', '2026-11-03 2026-11-21T15:31'],
  ['from monday to wednesday', '2026-11-16 2026-11-19'],
  ['from 2026-11-03 to 2026-11-05', '2026-11-03 2026-11-06'],
  ['from march to may', '2026-03-01 2026-06-01'],
  ['from november to february', '2025-11-01 2026-03-01'],
  ['yesterday morning', '2026-11-20T06:00 2026-11-20T12:00'],
  ['today afternoon', '2026-11-21T12:00 2026-11-21T18:00'],
  ['tuesday evening', '2026-11-17T18:00 2026-11-17T23:00'],
  ['last tuesday night', '2026-11-17T22:00 2026-11-18T06:00'],
  ['2026-11-03 evening', '2026-11-03T18:00 2026-11-03T23:00'],
  ['this morning', '2026-11-21T06:00 2026-11-21T12:00'],
  ['last night', '2026-11-20T22:00 2026-11-21T06:00'],
  ['the night before', '2026-11-19T22:00 2026-11-20T06:00'],
  ['yesterday from 18:00 to 20:00', '2026-11-20T18:00 2026-11-20T20:00'],
  ['2026-11-03 from 22:00 to 02:00', '2026-11-03T22:00 2026-11-04T02:00'],
  ['spring', '2026-03-01 2026-06-01'],
  ['summer 2025', '2025-06-01 2025-09-01'],
  ['autumn', '2026-09-01 2026-12-01'],
  ['winter', '2025-12-01 2026-03-01'],
  ['winter 2026', '2025-12-01 2026-03-01'],
  ['easter', '2026-04-03 2026-04-07'],
  ['easter 2025', '2025-04-18 2025-04-22'],
  ['christmas', '2025-12-24 2025-12-27'],
  ['christmas 2025', '2025-12-24 2025-12-27'],
  ['new year', '2026-01-01 2026-01-02'],
  ['all time', '2025-02-01T10:07 2026-11-21T15:31'],
]

const AS_PEOPLE_WRITE: [string, string][] = [
  ['the last 3 days', '2026-11-18T15:31 2026-11-21T15:31'],
  ['Over the past two weeks', '2026-11-07T15:31 2026-11-21T15:31'],
  ['past week', '2026-11-14T15:31 2026-11-21T15:31'],
  ['last hour', '2026-11-21T14:31 2026-11-21T15:31'],
  ['last 24h', '2026-11-20T15:31 2026-11-21T15:31'],
  ['3 Nov', '2026-11-03 2026-11-04'],
  ['November 3rd', '2026-11-03 2026-11-04'],
  ['on Nov. 3, 2026', '2026-11-03 2026-11-04'],
  ['the 3rd of November', '2026-11-03 2026-11-04'],
  ['Tuesday, 3 November 2026', '2026-11-03 2026-11-04'],
  ['03.11.2026', '2026-11-03 2026-11-04'],
  ['3/11/2026', '2026-11-03 2026-11-04'],
  ['3.11.', '2026-11-03 2026-11-04'],
  ['29 february', '2024-02-29 2024-03-01'],
  ['25 december', '2025-12-25 2025-12-26'],
  ['week 45', '2026-11-02 2026-11-09'],
  ['week 52', '2025-12-22 2025-12-29'],
  ['2026-W45', '2026-11-02 2026-11-09'],
  ['the day before yesterday', '2026-11-19 2026-11-20'],
  ['two days ago', '2026-11-19 2026-11-20'],
  ['a week ago', '2026-11-09 2026-11-16'],
  ['the week before last', '2026-11-02 2026-11-09'],
  ['the month before last', '2026-09-01 2026-10-01'],
  ['the night before last', '2026-11-19T22:00 2026-11-20T06:00'],
  ['between 1 and 5 November', '2026-11-01 2026-11-06'],
  ['1-5 november', '2026-11-01 2026-11-06'],
  ['1 to 5 November 2025', '2025-11-01 2025-11-06'],
  ['from 28 october to 2 november', '2026-10-28 2026-11-03'],
  ['monday to friday', '2026-11-16 2026-11-21'],
  ['from friday to wednesday', '2026-11-13 2026-11-19'],
  ['from march 2025 until february 2026', '2025-03-01 2026-03-01'],
  ['from monday until now', '2026-11-16 2026-11-21T15:31'],
  ['friday last week', '2026-11-13 2026-11-14'],
  ['monday of this week', '2026-11-16 2026-11-17'],
  ['march last year', '2025-03-01 2025-04-01'],
  ['last march', '2026-03-01 2026-04-01'],
  ['this month last year', 'I do not know the period “this month last year”'],
  ['q3', '2026-07-01 2026-10-01'],
  ['the third quarter of 2025', '2025-07-01 2025-10-01'],
  ['first half of 2026', '2026-01-01 2026-07-01'],
  ['the first of november', '2026-11-01 2026-11-02'],
  ['yesterday between 6 and 8 pm', '2026-11-20T18:00 2026-11-20T20:00'],
  ['yesterday 18:00-20:00', '2026-11-20T18:00 2026-11-20T20:00'],
  ['between 18:00 and 20:00 yesterday', '2026-11-20T18:00 2026-11-20T20:00'],
  ['today since 8 am', '2026-11-21T08:00 2026-11-22'],
  ['since 8:00', '2026-11-21T08:00 2026-11-21T15:30'],
  ['yesterday at 7 pm', '2026-11-20T19:00 2026-11-20T20:00'],
  ['this year so far', '2026-01-01 2027-01-01'],
  ['month to date', '2026-11-01 2026-12-01'],
  ['since the beginning of the year', '2026-01-01 2026-11-21T15:31'],
  ['since christmas', '2025-12-25 2026-11-21T15:31'],
  ["new year's eve", '2025-12-31 2026-01-01'],
  ['the weekend', '2026-11-21 2026-11-23'],
  ['ever', '2025-02-01T10:07 2026-11-21T15:31'],
  ['until march 2025', '2025-02-01T10:07 2025-04-01'],
  ['the same day last year', '2025-11-21 2025-11-22'],
  ['evening of 3 november', '2026-11-03T18:00 2026-11-03T23:00'],
]

describe('a period in words', () => {
  it.each(CANONICAL)('knows what “%s” is', (words, expected) => expect(spanOf(words)).toBe(expected))
  it.each(AS_PEOPLE_WRITE)('understands “%s” as people write it', (words, expected) => {
    expect(spanOf(words).startsWith(expected)).toBe(true)
  })

  it.each(['tomorrow', 'next week', 'tonight', '2027-01-05', 'this evening', '5 december 2026', 'summer 2027', 'christmas 2026'])(
    'says of “%s” that it is still to come',
    (words) => expect(spanOf(words)).toContain('still to come'),
  )

  it.each([
    '',
    'banana',
    'last tuesday banana',
    '32 november',
    '2026-13',
    '2026-02-30',
    'week 54',
    'from 5 to 1 november',
    '<script>',
    '9'.repeat(90),
  ])('says that it does not know “%s”, or why not, and what to write', (words) =>
    expect(spanOf(words)).toMatch(/^(I do not know|“)/),
  )

  it.each([
    ['2026-03-29', 23],
    ['2026-10-25', 25],
    ['2026-10-24', 24],
  ])('makes %s as long as it was when the clocks change', (words, hours) => {
    const period = parsePeriod(words, context())
    expect(isPeriodProblem(period) ? period : (period.to - period.from) / 3600).toBe(hours)
  })

  it('begins a day at its first instant where midnight happens twice', () => {
    const period = parsePeriod('2025-11-02', context('2026-01-05T12:00', 'America/Havana'))
    expect(isPeriodProblem(period) ? period : [period.from, period.to - period.from]).toEqual([
      Date.parse('2025-11-02T04:00:00Z') / 1000,
      25 * 3600,
    ])
  })

  it('has the seasons of the south where clocks are ahead in January', () => {
    expect(spanOf('summer 2025', context('2026-11-21T12:00', 'Australia/Sydney'))).toBe('2025-12-01 2026-03-01')
    expect(spanOf('winter', context('2026-11-21T12:00', 'Australia/Sydney'))).toBe('2026-06-01 2026-09-01')
  })

  it('finds the newest weekend, month and weekday from any day', () => {
    const wednesday = context('2026-11-18T09:00')
    expect(spanOf('the weekend', wednesday)).toBe('2026-11-14 2026-11-16')
    expect(spanOf('last weekend', wednesday)).toBe('2026-11-14 2026-11-16')
    expect(spanOf('this weekend', wednesday)).toContain('still to come')
    expect(spanOf('friday', wednesday)).toBe('2026-11-13 2026-11-14')
    expect(spanOf('last wednesday', wednesday)).toBe('2026-11-11 2026-11-12')
    expect(spanOf('last night', context('2026-11-18T02:00'))).toBe('2026-11-17T22:00 2026-11-18T06:00')
    expect(spanOf('last night', context('2026-11-18T23:00'))).toBe('2026-11-17T22:00 2026-11-18T06:00')
  })

  it('moves another period back', () => {
    const of = (words: string, other: string) => {
      const relativeTo = parsePeriod(other, context())
      if (isPeriodProblem(relativeTo)) throw new Error(relativeTo.problem)
      return spanOf(words, { ...context(), relativeTo })
    }
    expect(of('the period before', 'last 7 days')).toBe('2026-11-07T15:31 2026-11-14T15:31')
    expect(of('the month before', 'march 2026')).toBe('2026-02-01 2026-03-01')
    expect(of('the same time last year', 'march 2026')).toBe('2025-03-01 2025-04-01')
  })

  it('has nothing to give for all time where nothing was measured', () => {
    expect(spanOf('all time', { ...context(), firstReadingAt: null })).toBe('Nothing has been measured here yet.')
  })
})
