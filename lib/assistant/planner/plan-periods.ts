import { DateTime } from 'luxon'
import { isPeriodProblem, parsePeriod } from '@/lib/assistant/periods/parse-period'
import { MONTHS, SEASONS, WEEKDAYS } from './lexicon'

/** What is meant where a question names no period. */
export const UNSTATED_PERIOD = 'last 30 days'
/** What "why is my bill up?" compares with the period before it. */
export const UNSTATED_COMPARISON = 'this month'

const CALENDAR_UNITS = ['week', 'month', 'quarter', 'year'] as const

/** Period words of a plan, its placeholders filled, in the words the period parser reads. */
export function periodWords(words: readonly string[], values: ReadonlyMap<string, string>): string {
  const filled = words.map((word) => values.get(word) ?? word)
  const at = filled.indexOf('at')
  // What begins or ends at a time keeps it; what is at a time is the hour from it.
  if (at > 0 && !/^(?:from|since)$/.test(filled[0]!)) {
    const from = filled[at + 1]!
    const hour = Number(from.slice(0, 2))
    const to = hour === 23 ? '23:59' : `${String(hour + 1).padStart(2, '0')}${from.slice(2)}`
    return `${filled.slice(0, at).join(' ')} from ${from} to ${to}`
  }
  if (filled[0] === 'since' && /^\d\d:\d\d$/.test(filled[1] ?? '')) return `today from ${filled[1]} to 23:59`
  return filled.join(' ')
}

export interface Days {
  from: DateTime
  to: DateTime
}

function monthOf(name: string, now: DateTime): DateTime {
  const month = MONTHS.indexOf(name as (typeof MONTHS)[number]) + 1
  return DateTime.fromObject({ year: month > now.month ? now.year - 1 : now.year, month, day: 1 }, { zone: now.zone })
}

/** First and last day of a period made of whole days; null for every other period. */
export function daysOf(period: string, now: DateTime): Days | null {
  const today = now.startOf('day')
  const whole = (start: DateTime, unit: 'day' | 'week' | 'month' | 'quarter' | 'year'): Days => ({
    from: start.startOf(unit), to: start.endOf(unit).startOf('day'),
  })
  const parts = period.split(' ')
  const [first = '', second = '', third = ''] = parts
  if (period === 'today') return whole(today, 'day')
  if (period === 'yesterday') return whole(today.minus({ days: 1 }), 'day')
  const iso = /^\d{4}-\d\d-\d\d$/.test(period) ? DateTime.fromISO(period, { zone: now.zone }) : null
  if (iso?.isValid) return whole(iso, 'day')
  if (/^\d{4}$/.test(period)) return whole(DateTime.fromObject({ year: Number(period) }, { zone: now.zone }), 'year')
  const unit = CALENDAR_UNITS.find((name) => name === second)
  if (parts.length === 2 && unit && (first === 'this' || first === 'last')) {
    return whole(first === 'this' ? today : today.minus({ [`${unit}s`]: 1 }), unit)
  }
  if (parts.length === 2 && second === 'weekend') {
    const saturday = today.startOf('week').plus({ days: 5 }).minus({ weeks: first === 'last' ? 1 : 0 })
    return { from: saturday, to: saturday.plus({ days: 1 }) }
  }
  const counted = (['day', ...CALENDAR_UNITS] as const).find((name) => `${name}s` === second)
  if (third === 'ago' && counted && /^\d+$/.test(first)) return whole(today.minus({ [second]: Number(first) }), counted)
  if (first === 'last' && /^\d+$/.test(second) && ['days', 'weeks', 'months', 'years'].includes(third)) {
    return { from: today.minus({ [third]: Number(second) }).plus({ days: 1 }), to: today }
  }
  const ends = /^from (.+) to (.+)$/.exec(period)
  if (ends) {
    const from = daysOf(ends[1]!, now)?.from
    const to = daysOf(ends[2]!, now)?.to
    return from && to && from <= to ? { from, to } : null
  }
  const weekday = WEEKDAYS.indexOf(parts.at(-1) as (typeof WEEKDAYS)[number]) + 1
  if (weekday > 0 && parts.length <= 2 && (parts.length === 1 || first === 'last')) {
    const back = (today.weekday - weekday + 7) % 7 || 7
    return whole(today.minus({ days: back }), 'day')
  }
  if ((MONTHS as readonly string[]).includes(first)) {
    const month = monthOf(first, now)
    if (parts.length === 1) return whole(month, 'month')
    if (/^\d{4}$/.test(second)) return whole(month.set({ year: Number(second) }), 'month')
  }
  return parsedDays(period, now)
}

/** Of whatever else the period parser reads; up to today of what is open. */
function parsedDays(period: string, now: DateTime): Days | null {
  const timeZone = now.zoneName
  const read = timeZone === null ? null : parsePeriod(period, { timeZone, nowSeconds: now.toSeconds(), firstReadingAt: null })
  if (!read || isPeriodProblem(read)) return null
  const [from, to] = [read.from, read.to].map((seconds) => DateTime.fromSeconds(seconds, { zone: now.zone })) as [DateTime, DateTime]
  if (+from !== +from.startOf('day')) return null
  if (period.startsWith('since ')) return { from, to: now.startOf('day') }
  return +to === +to.startOf('day') ? { from, to: to.minus({ days: 1 }) } : null
}

function spell({ from, to }: Days): string {
  const ends = to.toISODate()
  if (from.toISODate() === ends) return ends!
  if (from.day === 1 && from.endOf('month').toISODate() === ends) return `${MONTHS[from.month - 1]} ${from.year}`
  if (from.ordinal === 1 && from.endOf('year').toISODate() === ends) return String(from.year)
  return `from ${from.toISODate()} to ${ends}`
}

const BEFORE: Readonly<Record<string, string>> = {
  today: 'yesterday', yesterday: '2 days ago', 'this week': 'last week', 'last week': '2 weeks ago',
  'this weekend': 'last weekend',
  'this month': 'last month', 'last month': '2 months ago', 'this quarter': 'last quarter', 'this year': 'last year',
  'last night': 'the night before', 'this night': 'last night', 'today night': 'last night',
}

const HOURS_OF_DAY = /^(?!from |since )(.+) (from \d\d:\d\d to \d\d:\d\d)$/
const isWeekday = (period: string): boolean => (WEEKDAYS as readonly string[]).includes(period.replace(/^(?:since )?(?:last )?/, ''))

/** The period of the same length before one, such as "last month" for "this month". */
export function periodBefore(period: string, now: DateTime): string {
  const named = BEFORE[period]
  if (named) return named
  const ago = /^(\d+) (days|weeks|months) ago$/.exec(period)
  if (ago) return `${Number(ago[1]) + 1} ${ago[2]} ago`
  const part = /^(.+) (morning|afternoon|evening|night)$/.exec(period)
  if (part) {
    const days = daysOf(part[1]!, now)
    if (days) return part[1] === 'today' ? `yesterday ${part[2]}` : `${days.from.minus({ days: 1 }).toISODate()} ${part[2]}`
  }
  const hours = HOURS_OF_DAY.exec(period)
  const day = hours && daysOf(hours[1]!, now)
  if (hours && day) return `${day.from.minus({ days: isWeekday(hours[1]!) ? 7 : 1 }).toISODate()} ${hours[2]}`
  const days = daysOf(period, now)
  const year = yearly(period, now)
  if (year || !days) return year ?? 'last month'
  const months = wholeMonths(days)
  if (months > 0) return spell({ from: days.from.minus({ months }), to: days.from.minus({ days: 1 }) })
  const length = isWeekday(period) || period === 'last weekend' ? 7 : Math.round(days.to.diff(days.from, 'days').days) + 1
  return spell({ from: days.from.minus({ days: length }), to: days.to.minus({ days: length }) })
}

/** The period in progress that goes with one, where no other was named: today for yesterday, this month for last month. */
export function periodOpposite(against: string | undefined): string | null {
  if (against === undefined) return null
  if (/^(?:yesterday|\d+ days ago|\d{4}-\d\d-\d\d|(?:last )?\w+day)$/.test(against)) return 'today'
  const unit = /^last (week|weekend|month|quarter|year)$/.exec(against)?.[1] ?? /^\d+ (week|month)s ago$/.exec(against)?.[1]
  if (unit) return `this ${unit}`
  return /^\d{4}$/.test(against) ? 'this year' : null
}

/** The same period a year earlier. */
export function periodYearBefore(period: string, now: DateTime): string {
  if (period === 'this year') return 'last year'
  const days = daysOf(period, now)
  const named = yearly(period, now)
  if (named || !days) return named ?? 'last year'
  const months = wholeMonths(days)
  const from = days.from.minus({ years: 1 })
  return spell({ from, to: months > 0 ? from.plus({ months }).minus({ days: 1 }) : days.to.minus({ years: 1 }) })
}

function wholeMonths({ from, to }: Days): number {
  const after = to.plus({ days: 1 })
  return from.day === 1 && after.day === 1 ? Math.round(after.diff(from, 'months').months) : 0
}

/** A season or a feast, one year before. */
function yearly(period: string, now: DateTime): string | null {
  const [name = '', year] = period.replace(/^last /, '').split(' ')
  if (![...SEASONS, 'easter', 'christmas'].includes(name)) return null
  return `${name} ${(year ? Number(year) : now.year) - 1}`
}
