import type { DurationLikeObject } from 'luxon'
import type { LocalClock, Span } from './local-span'
import { weekSpan } from './named-spans'
import { MONTHS } from './period-text'

const MINUTE_SECONDS = 60
const DAY_SECONDS = 86_400
const ROLLING = ['minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const
type Unit = (typeof ROLLING)[number] | 'weekend'

const isUnit = (text: string | undefined): text is Unit => ROLLING.some((unit) => unit === text) || text === 'weekend'

/** "last 3 days", "past week", "last 24h": ends with the minute in progress. */
export function readRolling(text: string, clock: LocalClock): Span | null {
  const short = /^(?:last|past|previous|recent) (\d{1,4}) ?(h|d|w|m|min|mins|hrs?)$/.exec(text)
  const long = /^(?:last|past|previous|recent|preceding) (\d{1,4}) (minute|hour|day|week|month|quarter|year)s?(?: or so)?$/.exec(
    text,
  )
  const single = /^(?:past (minute|hour|day|week|month|quarter|year)|(?:last|previous) (minute|hour|day))$/.exec(text)
  const units: Record<string, Unit> = {
    h: 'hour',
    hr: 'hour',
    hrs: 'hour',
    d: 'day',
    w: 'week',
    m: 'month',
    min: 'minute',
    mins: 'minute',
  }
  const unit = short ? units[short[2] ?? ''] : (long?.[2] ?? single?.[1] ?? single?.[2])
  if (!isUnit(unit) || unit === 'weekend') return null
  const count = Number(short?.[1] ?? long?.[1] ?? 1)
  return rolling(clock, count, unit)
}

/** The last so many units up to the end of the minute in progress; days and longer by the calendar. */
export function rolling(clock: LocalClock, count: number, unit: Exclude<Unit, 'weekend'>): Span | null {
  if (count < 1) return null
  const to = Math.ceil(clock.nowSeconds / MINUTE_SECONDS) * MINUTE_SECONDS
  const span: DurationLikeObject = unit === 'quarter' ? { months: 3 * count } : { [`${unit}s`]: count }
  const from = clock.local
    .plus({ seconds: to - clock.nowSeconds })
    .minus(span)
    .toSeconds()
  const length = count === 1 && unit === 'day' ? '24 hours' : count === 1 ? unit : `${count} ${unit}s`
  return { from: Math.round(from), to, label: `the last ${count === 1 && unit !== 'day' ? `${count} ${length}` : length}` }
}

/** The calendar unit so many before the one in progress; 0 is that one. */
function unitBack(clock: LocalClock, back: number, unit: Unit, label?: string): Span | null {
  const { today } = clock
  switch (unit) {
    case 'day':
      return clock.day(today.minus({ days: back }), label)
    case 'week':
      return weekSpan(clock, today.startOf('week').minus({ weeks: back }), label)
    case 'weekend': {
      const saturday = today.startOf('week').plus({ days: 5 }).minus({ weeks: back })
      const sunday = saturday.plus({ days: 1 })
      const dates = `the weekend of ${saturday.toFormat(saturday.month === sunday.month ? 'd' : 'd LLLL')} and ${sunday.toFormat('d LLLL')}`
      return clock.days(saturday, saturday.plus({ days: 2 }), label ?? dates)
    }
    case 'month': {
      const first = today.startOf('month').minus({ months: back })
      const name = MONTHS[first.month - 1] ?? ''
      return clock.days(
        first,
        first.plus({ months: 1 }),
        label ?? `${name.charAt(0).toUpperCase()}${name.slice(1)} ${first.year}`,
      )
    }
    case 'quarter': {
      const first = today.startOf('quarter').minus({ months: 3 * back })
      const name = `the ${['first', 'second', 'third', 'fourth'][first.quarter - 1]} quarter of ${first.year}`
      return clock.days(first, first.plus({ months: 3 }), label ?? name)
    }
    case 'year': {
      const first = today.startOf('year').minus({ years: back })
      return clock.days(first, first.plus({ years: 1 }), label ?? String(first.year))
    }
    case 'hour':
    case 'minute': {
      const length = unit === 'hour' ? 3600 : MINUTE_SECONDS
      const from = clock.local.startOf(unit).toSeconds() - back * length
      const shown = clock.local.startOf(unit).minus({ [`${unit}s`]: back })
      return { from, to: from + length, label: label ?? `the ${unit} from ${shown.toFormat('HH:mm')}` }
    }
  }
}

/** How many weeks ago the newest weekend began that has begun. */
const newestWeekend = (clock: LocalClock) => (clock.today.weekday >= 6 ? 0 : 1)

/** "this week", "last month", "2 days ago", "the week before last". */
export function readCalendarUnit(text: string, clock: LocalClock): Span | null {
  const soFar = text.replace(/ (?:so far|to date|until now|till now|up to now)$/, '')
  const bare = soFar === text ? text : soFar.replace(/^(?:this )?/, 'this ')
  const ago = /^(\d{1,4}) (minute|hour|day|week|weekend|month|quarter|year)s? (?:ago|earlier|back|before)$/.exec(bare)
  if (ago && isUnit(ago[2])) {
    const back = Number(ago[1])
    return unitBack(clock, ago[2] === 'weekend' ? back - 1 + newestWeekend(clock) : back, ago[2])
  }
  const beforeLast = /^(day|week|weekend|month|quarter|year) before (?:the )?(?:last|previous|yesterday|that)(?: \w+)?$/.exec(
    bare,
  )
  if (beforeLast && isUnit(beforeLast[1])) {
    const unit = beforeLast[1]
    return unitBack(clock, unit === 'weekend' ? 1 + newestWeekend(clock) + (clock.today.weekday >= 6 ? 1 : 0) : 2, unit)
  }
  const named = /^(this|current|present|last|previous|prior)? ?(day|week|weekend|month|quarter|year)$/.exec(bare)
  const unit = named?.[2]
  if (!named || !isUnit(unit)) return null
  const isLast = named[1] === 'last' || named[1] === 'previous' || named[1] === 'prior'
  if (unit === 'day') return isLast ? null : unitBack(clock, 0, 'day', 'today')
  if (unit === 'weekend') {
    if (!named[1]) return unitBack(clock, newestWeekend(clock), 'weekend')
    return unitBack(clock, isLast ? 1 : 0, 'weekend', isLast ? 'last weekend' : 'this weekend')
  }
  return unitBack(clock, isLast ? 1 : 0, unit, isLast ? `last ${unit}` : `this ${unit}`)
}

const SAME_BEFORE: Record<string, DurationLikeObject> = {
  day: { days: 1 },
  week: { weeks: 1 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { years: 1 },
}

/** "the same day last year", "this time last week": the date so far back. */
export function readSameDay(text: string, clock: LocalClock): Span | null {
  const found = /^(?:same|this) (?:day|time|date) (?:(?:last|previous) (week|month|year)|1 (week|month|year) ago)$/.exec(text)
  const back = SAME_BEFORE[found?.[1] ?? found?.[2] ?? '']
  return found && back ? clock.day(clock.today.minus(back)) : null
}

/** "the period before", "same time last year": another span moved back by its own length or by a unit. */
export function shiftBack(text: string, clock: LocalClock, other: Span): Span | null {
  const same =
    /^same (?:period|time|days?|week|month|stretch|one)? ?(?:(?:last|previous) (day|week|month|quarter|year)|1 (week|month|year) (?:ago|before|earlier))$/.exec(
      text,
    )
  const by = SAME_BEFORE[same?.[1] ?? same?.[2] ?? '']
  const isBefore =
    /^(?:period |time |one |days? |weeks? |months? |years? |stretch |same )?(?:before|previous|earlier|preceding|prior)(?: (?:that|it|period|one|time|this|stretch))?$/.test(
      text,
    )
  if (!by && !isBefore) return null
  const move = (seconds: number, back: DurationLikeObject) => {
    return clock.local
      .plus({ seconds: seconds - clock.nowSeconds })
      .minus(back)
      .toSeconds()
  }
  if (by)
    return {
      from: move(other.from, by),
      to: move(other.to, by),
      label: `the same time ${same?.[1] ? `last ${same[1]}` : `a ${same?.[2]} before`}`,
    }
  const start = clock.local.plus({ seconds: other.from - clock.nowSeconds })
  const end = clock.local.plus({ seconds: other.to - clock.nowSeconds })
  // A calendar month has the month before it, not as many days.
  const isMonths = start.day === 1 && end.day === 1 && start.hour === 0 && end.hour === 0
  const months = Math.round(end.diff(start, 'months').months)
  const days = Math.round((other.to - other.from) / DAY_SECONDS)
  const back: DurationLikeObject = isMonths && months > 0 ? { months } : days > 0 ? { days } : { seconds: other.to - other.from }
  return { from: start.minus(back).toSeconds(), to: other.from, label: 'the time before that' }
}
