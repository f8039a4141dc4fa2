import { describe, expect, it } from 'vitest'
import { localDayStartSeconds, nextLocalDayStartSeconds } from './periods'

const at = (iso: string) => Date.parse(iso) / 1000

describe('the local day', () => {
  it.each([
    ['an ordinary day', 'Europe/Berlin', '2025-06-10T10:00:00Z', '2025-06-09T22:00:00Z', 24],
    ['the day the clocks go forward', 'Europe/Berlin', '2025-03-30T10:00:00Z', '2025-03-29T23:00:00Z', 23],
    ['the day the clocks go back', 'Europe/Berlin', '2025-10-26T20:00:00Z', '2025-10-25T22:00:00Z', 25],
    ['a day without midnight', 'Asia/Beirut', '2025-03-30T10:00:00Z', '2025-03-29T22:00:00Z', 23],
    ['a day with two midnights', 'America/Havana', '2025-11-02T17:00:00Z', '2025-11-02T04:00:00Z', 25],
    ['the second of two midnights', 'America/Havana', '2025-11-02T05:10:00Z', '2025-11-02T04:00:00Z', 25],
    ['half an hour of daylight saving', 'Australia/Lord_Howe', '2025-04-05T20:00:00Z', '2025-04-05T13:00:00Z', 24.5],
  ])('starts at the first instant of its date and lasts until the next: %s', (_, zone, moment, start, hours) => {
    expect(localDayStartSeconds(at(moment), zone)).toBe(at(start))
    expect(nextLocalDayStartSeconds(at(moment), zone)).toBe(at(start) + hours * 3600)
  })

  it('contains its own first second', () => {
    const start = at('2025-10-25T22:00:00Z')
    expect(localDayStartSeconds(start, 'Europe/Berlin')).toBe(start)
    expect(localDayStartSeconds(start - 1, 'Europe/Berlin')).toBe(start - 86_400)
  })

  it('refuses a zone nobody knows', () => {
    expect(() => localDayStartSeconds(0, 'Mars/Olympus')).toThrow('Unknown time zone Mars/Olympus')
  })
})
