import { describe, expect, it } from 'vitest'
import { LocalClock } from '@/lib/ingest/local-clock'

const utc = (text: string) => Date.parse(`${text}Z`) / 1000
const BERLIN = 'Europe/Berlin'

describe('LocalClock', () => {
  it('reads summer and winter time', () => {
    const clock = new LocalClock(BERLIN)
    expect(clock.toUnixSeconds(utc('2024-07-01T12:00:00'))).toBe(utc('2024-07-01T10:00:00'))
    expect(clock.toUnixSeconds(utc('2024-12-01T12:00:00'))).toBe(utc('2024-12-01T11:00:00'))
  })

  it.each([60, -60])('goes steadily through the hour shown twice, in steps of %s s', (step) => {
    const clock = new LocalClock(BERLIN)
    const change = utc('2024-10-27T01:00:00')
    const moments = Array.from({ length: 240 }, (_, i) => change + (i - 120) * step)
    const shown = moments.map((seconds) => seconds + (seconds < change ? 7200 : 3600))
    expect(shown.map((seconds) => clock.toUnixSeconds(seconds))).toEqual(moments)
  })

  it('refuses what is skipped in spring', () => {
    expect(new LocalClock(BERLIN).toUnixSeconds(utc('2024-03-31T02:30:00'))).toBeNull()
  })

  it('does not take a zone that does not exist', () => {
    expect(() => new LocalClock('Europe/Nowhere')).toThrow('Europe/Nowhere is no time zone')
  })
})
