import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { keptApart, sidesSince } from './compared-periods'
import { daysOf, periodBefore } from './plan-periods'
import { parsePlan } from './plan-text'

/** A Wednesday. */
const now = DateTime.fromISO('2026-11-18T14:00', { zone: 'Europe/Berlin' })
const compared = (text: string, values: Record<string, string> = {}) => {
  const plan = parsePlan(`compare_periods total energy ${text}`, { values: new Map(Object.entries(values)), previous: null, now })
  const call = plan.kind === 'calls' ? plan.calls[0] : undefined
  return call?.tool === 'compare_periods' ? `${call.arguments.period} / ${call.arguments.against}` : null
}

describe('the two sides of a comparison', () => {
  it.each([
    ['p1 vs p2', { p1: 'this month', p2: 'november' }, 'this month / november 2025'],
    ['p1 vs p2', { p1: 'november', p2: 'november 2026' }, 'november / november 2025'],
    ['p1 vs p1', { p1: 'october' }, 'october / october 2025'],
    ['p1 vs p1', { p1: 'christmas' }, 'christmas / christmas 2025'],
    ['p1 vs p1', { p1: 'this month' }, 'this month / last month'],
    ['this month vs this month', {}, 'this month / last month'],
    ['p1 vs p2', { p1: 'last month', p2: '1 months ago' }, 'last month / 2 months ago'],
    ['p1 vs p2', { p1: 'yesterday', p2: 'tuesday' }, 'yesterday / 2 days ago'],
    ['p1 vs p1', { p1: 'yesterday from 18:00 to 20:00' }, 'yesterday from 18:00 to 20:00 / 2026-11-16 from 18:00 to 20:00'],
    ['default vs p1', { p1: 'last 7 days' }, 'last 7 days / from 2026-11-05 to 2026-11-11'],
  ])('of "%s" with %o are %s', (text, values, sides) => {
    expect(compared(text, values)).toBe(sides)
  })

  it.each([
    ['since september', 'this month / september'],
    ['since september 2025', 'this month / september 2025'],
    ['since last month', 'this month / last month'],
    ['since monday', 'today / monday'],
    ['since november', 'this month / last month'],
    ['since 2025', 'this year / 2025'],
    ['since easter', 'since easter / from 2025-08-20 to 2026-04-04'],
  ])('of "%s" alone are %s', (since, sides) => {
    expect(compared('p1 vs before', { p1: since })).toBe(sides)
  })

  it.each(['2 weekends ago', '3 hours ago', '2 quarters ago', '4 fortnights ago', 'whenever', '0 days ago'])('are told of "%s", a count of whatever it is', (period) => {
    expect(() => keptApart({ period: 'this month', against: period }, true, now)).not.toThrow()
    expect(() => keptApart({ period, against: 'last week' }, true, now)).not.toThrow()
  })

  it('of the time since a month and that month are the months after it and that month', () => {
    expect(compared('p1 vs p2', { p1: 'since september', p2: 'september' })).toBe('from 2026-10-01 to 2026-11-18 / september')
  })

  it.each(['today', 'yesterday', 'last night', 'this week', 'last weekend', 'this month', 'november', 'q4', 'h2 2026', 'this year', 'last 7 days',
    'last 30 days', 'since monday', 'since october', 'from 2026-11-02 to 2026-11-06', '2026-11-03', 'tuesday evening', 'week 45', 'summer', 'easter',
  ])('are never both "%s"', (period) => {
    const { against } = keptApart({ period, against: period }, true, now)
    const [own, other] = [daysOf(period, now), daysOf(against, now)]
    expect(against).not.toBe(period)
    if (own && other) expect(+other.to).toBeLessThan(+own.from)
  })

  it.each(['september', 'monday', 'easter', 'last week', '2025', 'q2', '2026-11-03', 'november'])('since "%s" differ', (start) => {
    const { period, against } = sidesSince(start, now)
    expect(+daysOf(against, now)!.to).toBeLessThan(+daysOf(period, now)!.from)
  })

  it.each([
    ['from 2026-11-02 to 2026-11-06', 'from 2026-10-28 to 2026-11-01'], ['q3', 'from 2026-04-01 to 2026-06-30'],
    ['week 45', 'from 2026-10-26 to 2026-11-01'], ['last autumn', 'autumn 2025'],
  ])('has before "%s" "%s"', (period, before) => expect(periodBefore(period, now)).toBe(before))
})
