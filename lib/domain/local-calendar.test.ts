import { describe, expect, it } from 'vitest'
import { LocalCalendar, localDateStartSeconds } from './local-calendar'
import { localDayStartSeconds, nextLocalDayStartSeconds } from './periods'

const at = (iso: string) => Date.parse(iso) / 1000
const ZONES = [
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'America/Havana',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'America/St_Johns',
  'UTC',
]

describe.each(ZONES)('the calendar of %s', (zone) => {
  const from = at('2025-01-01T00:00:00Z')
  const to = at('2026-02-01T00:00:00Z')

  it('has the same days as the slow way of asking, over thirteen months and every change of the clocks', () => {
    const calendar = new LocalCalendar(zone, from, to)
    for (let moment = from; moment < to; moment += 5 * 3600 + 900) {
      expect(calendar.dayAround(moment)).toEqual({
        startSeconds: localDayStartSeconds(moment, zone),
        endSeconds: nextLocalDayStartSeconds(moment, zone),
      })
    }
  })

  it('knows when its clock shows a time, the first time where it does so twice', () => {
    const calendar = new LocalCalendar(zone, from, to)
    const wrong: number[] = []
    for (let moment = from; moment < to; moment += 900) {
      const { startSeconds } = calendar.dayAround(moment)
      const { dayNumber, clockSeconds } = calendar.moment(moment)
      if (calendar.dayNumber(startSeconds) !== dayNumber) continue
      const found = calendar.atClock(startSeconds, clockSeconds)
      const shown = calendar.moment(found)
      if (found > moment || shown.dayNumber !== dayNumber || shown.clockSeconds !== clockSeconds) wrong.push(moment)
    }
    expect(wrong).toEqual([])
  })

  it('shows the time that the zone database shows, asked in any order', () => {
    const calendar = new LocalCalendar(zone, from, to)
    const format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      weekday: 'short',
      month: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    })
    const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
    for (let step = 0; step < 4000; step++) {
      const moment = from + ((step * 7919 * 900) % (to - from))
      const parts = Object.fromEntries(format.formatToParts(moment * 1000).map(({ type, value }) => [type, value]))
      const { weekday, month, clockSeconds } = calendar.moment(moment)
      expect([weekdays[weekday - 1], month, clockSeconds]).toEqual([
        parts.weekday,
        Number(parts.month),
        Number(parts.hour) * 3600 + Number(parts.minute) * 60,
      ])
    }
  })
})

it('takes a time that its clock skips for as much later', () => {
  const calendar = new LocalCalendar('Europe/Berlin', at('2025-03-29T00:00:00Z'), at('2025-03-31T00:00:00Z'))
  expect(calendar.atClock(at('2025-03-30T00:00:00+01:00'), 2.5 * 3600)).toBe(at('2025-03-30T03:30:00+02:00'))
})

it('begins a local date at its first instant', () => {
  expect(localDateStartSeconds('2025-03-30', 'Europe/Berlin')).toBe(at('2025-03-29T23:00:00Z'))
  expect(localDateStartSeconds('2025-03-31', 'Europe/Berlin')).toBe(at('2025-03-30T22:00:00Z'))
  expect(localDateStartSeconds('2025-06-01', 'Pacific/Auckland')).toBe(at('2025-05-31T12:00:00Z'))
  expect(localDateStartSeconds('2025-06-01', 'Pacific/Kiritimati')).toBe(at('2025-05-31T10:00:00Z'))
  expect(localDateStartSeconds('2025-06-01', 'Pacific/Pago_Pago')).toBe(at('2025-06-01T11:00:00Z'))
})
