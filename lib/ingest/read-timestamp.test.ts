import { describe, expect, it } from 'vitest'
import { LIVE_TIMES, RECORDED_TIMES, readTimestamp, TABLE_TIMES, type TimestampRules } from '@/lib/ingest/read-timestamp'

const NOW = 1_790_000_000
const MOMENT = 1_706_198_400
const read = (text: unknown, rules: TimestampRules) => {
  const result = readTimestamp(text, NOW, rules)
  return result.ok ? result.seconds : result.reason
}

describe('a time, wherever it stands', () => {
  it.each([
    ['1706198400', 0],
    ['1706198400.25', 0.25],
    ['1706198400,25', 0.25],
    ['1.7061984e9', 0],
    ['1706198400250', 0.25],
    ['1706198400250000', 0.25],
    ['1706198400250000000', 0.25],
    ['2024-01-25T16:00:00Z', 0],
    ['2024-01-25T16:00:00.250Z', 0.25],
    ['2024-01-25T16:00:00,250Z', 0.25],
    ['2024-01-25 16:00:00 UTC', 0],
    ['2024-01-25 17:00:00+01:00', 0],
    ['2024-01-25T10:30:00-0530', 0],
    ['2024/01/25 16:00Z', 0],
  ])('is read alike from %s', (text, offset) => {
    for (const rules of [LIVE_TIMES, RECORDED_TIMES, TABLE_TIMES]) expect(read(text, rules)).toBeCloseTo(MOMENT + offset, 6)
  })

  const unreadable = ['', 'today', '25.13.2024 16:00', '01/02/2024', '2024-13-01', '2024-02-30Z', '2024-01-25T25:00Z', '1e300']
  it.each(unreadable)('is not guessed from "%s"', (text) => {
    for (const rules of [LIVE_TIMES, RECORDED_TIMES, TABLE_TIMES]) expect(read(text, rules)).toBeTypeOf('string')
  })
})

describe('a time without a zone', () => {
  it.each([
    ['2024-01-25 16:00:00', MOMENT],
    ['2024/01/25 16:00', MOMENT],
    ['2024-01-25', MOMENT - 16 * 3600],
  ])('is UTC in a file and rejected in a live message: %s', (text, seconds) => {
    expect(read(text, RECORDED_TIMES)).toBe(seconds)
    expect(read(text, TABLE_TIMES)).toBe(seconds)
    expect(read(text, LIVE_TIMES)).toContain('no time zone')
  })
})

describe('a time far from the present', () => {
  it.each([
    ['0', 0],
    ['86399.5', 86_399.5],
    ['1995-01-01T00:00:00Z', Date.UTC(1995, 0, 1) / 1000],
    [String(NOW + 30 * 86_400), NOW + 30 * 86_400],
  ])('is good in a table of its own, and never shown as now: %s', (text, seconds) => {
    expect(read(text, TABLE_TIMES)).toBe(seconds)
    for (const rules of [LIVE_TIMES, RECORDED_TIMES]) expect(read(text, rules)).toMatch(/before the year 2000|7 days ahead/)
  })
})

describe('a date that does not begin with the year', () => {
  it.each(['25.01.2024 16:00', '25.1.2024 16:00:00', '25.01.2024, 16:00:00Z', '25.01.2024T16:00:00+00:00'])(
    'is day, month and year in a file where points separate them: %s',
    (text) => {
      for (const rules of [RECORDED_TIMES, TABLE_TIMES]) expect(read(text, rules)).toBe(MOMENT)
      expect(read(text, LIVE_TIMES)).toBeTypeOf('string')
    },
  )

  it.each([
    ['25/01/2024 16:00', 'day-first'],
    ['25-1-2024 4:00 PM', 'day-first'],
    ['01/25/2024 16:00:00', 'month-first'],
    ['1/25/2024 04:00:00 pm', 'month-first'],
    ['25.01.2024 16:00', 'month-first'],
  ] as const)('is read in the order that was said: %s', (text, dateOrder) => {
    expect(read(text, { ...TABLE_TIMES, dateOrder })).toBe(MOMENT)
  })

  it('is midnight at 12 AM and noon at 12 PM', () => {
    const rules = { ...TABLE_TIMES, dateOrder: 'day-first' } as const
    expect(read('25/01/2024 12:00 AM', rules)).toBe(MOMENT - 16 * 3600)
    expect(read('25/01/2024 12:00 PM', rules)).toBe(MOMENT - 4 * 3600)
  })
})
