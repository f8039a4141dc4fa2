import { DateTime } from 'luxon'
import type { WrittenPeriod } from './question-file'

/** Unix seconds, half open. */
export interface Span {
  from: number
  to: number
}

/** A written period as times; what is in progress ends in the future. null where none is written. */
export function spanOf(written: WrittenPeriod, nowSeconds: number, zone: string): Span | null {
  const { on, week, month, year, from, to, last } = written
  const at = (local: string) => DateTime.fromISO(local, { zone })
  const whole = (start: DateTime, unit: 'days' | 'weeks' | 'months' | 'years') => {
    return { from: start.toSeconds(), to: start.plus({ [unit]: 1 }).toSeconds() }
  }
  if (on) return whole(at(on), 'days')
  if (week) return whole(at(week), 'weeks')
  if (month) return whole(at(`${month}-01`), 'months')
  if (year) return whole(at(`${year}-01-01`), 'years')
  if (from) return { from: at(from).toSeconds(), to: to ? at(to).toSeconds() : nowSeconds }
  if (last) return { from: DateTime.fromSeconds(nowSeconds, { zone }).minus(last).toSeconds(), to: nowSeconds }
  return null
}

/**
 * What two periods are compared over. One in progress is compared with as much of the other, days and time of day counted by the
 * calendar, where both are as long; a tenth more or less is the difference between months.
 */
export function comparedSpans(first: Span, second: Span, nowSeconds: number, zone: string): { first: Span; second: Span } {
  const ratio = (first.to - first.from) / (second.to - second.from)
  const isOpen = first.to > nowSeconds + 60
  const isSecondOpen = second.to > nowSeconds + 60
  if (Math.min(ratio, 1 / ratio) < 0.88 || isOpen === isSecondOpen) return { first, second }
  if (isSecondOpen) {
    const { first: open, second: cut } = comparedSpans(second, first, nowSeconds, zone)
    return { first: cut, second: open }
  }
  const passed = DateTime.fromSeconds(nowSeconds, { zone }).diff(DateTime.fromSeconds(first.from, { zone }), ['days', 'minutes'])
  const to = DateTime.fromSeconds(second.from, { zone }).plus({ days: passed.days, minutes: passed.minutes }).toSeconds()
  return { first, second: { from: second.from, to: Math.min(second.to, to) } }
}
