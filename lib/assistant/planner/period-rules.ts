import { DateTime } from 'luxon'
import { MONTHS, SEASONS, WEEKDAYS } from './lexicon'
import { daysOf } from './plan-periods'

/** How a period may be said, by pattern, and the plan words it stands for. */

export interface LiftContext {
  /** In the site's time zone. */
  now: DateTime
  values: ReadonlyMap<string, string>
}

export type Rule = [pattern: string, plan: (groups: string[], context: LiftContext) => string | null]

export const WEEKDAY = WEEKDAYS.join('|')
const MONTH = MONTHS.join('|')
const SEASON = SEASONS.join('|')
export const PART = 'morning|afternoon|evening|night'
const UNIT = 'minute|hour|day|week|month|year'
const COUNT = String.raw`n\d|one|a|an|couple(?: of)?|a couple(?: of)?|few|a few|several`
const FEW: Record<string, number> = { minute: 5 }
const WEEK_HOURS = '168'

function counted(word: string, unit: string, { values }: LiftContext): string | null {
  if (/^n\d$/.test(word)) return /^[1-9]\d{0,3}$/.test(values.get(word) ?? '') ? word : null
  if (word.includes('couple')) return '2'
  if (word.includes('few')) return String(FEW[unit] ?? 3)
  return word === 'several' ? '5' : '1'
}

/** "from n1 to n2" of a month as days. */
function daysBetween(from: DateTime, to: DateTime): string {
  return `from ${from.toISODate()} to ${to.toISODate()}`
}

function monthStart(name: string, year: string | undefined, { now, values }: LiftContext): DateTime {
  const month = (MONTHS as readonly string[]).indexOf(name) + 1
  const given = year && Number(values.get(year))
  return DateTime.fromObject({ year: given || (month > now.month ? now.year - 1 : now.year), month, day: 1 }, { zone: now.zone })
}

/** First day of "october", "october y1" or "m1", or of this or last month. */
function monthNamed(name: string | undefined, year: string | undefined, relative: string | undefined, context: LiftContext): DateTime {
  if (!name) return context.now.startOf('month').minus({ months: relative === 'last' ? 1 : 0 })
  const given = context.values.get(name)
  return given ? DateTime.fromFormat(given, 'LLLL yyyy', { zone: context.now.zone, locale: 'en' }) : monthStart(name, year, context)
}

const ORDINALS = ['first', 'second', 'third', 'fourth']
const OF_MONTH = String.raw`(?:(${MONTH})(?: (y\d))?|(m\d)|(?:the )?(this|last) month)`

/** A period that may also begin or end another one. */
export const POINTS: readonly Rule[] = [
  ['today(?: so far)?|so far today|earlier today|this day', () => 'today'],
  ['yesterday', () => 'yesterday'],
  ['the day before yesterday', () => '2 days ago'],
  [`(${COUNT}) (year|night)s? ago`, ([count = '', unit = ''], context) => {
    const number = counted(count, unit, context)
    return number && (unit === 'year' ? `${number} years ago` : number === '1' ? 'last night' : `${number} days ago night`)
  }],
  [`(${COUNT}) (day|week|month)s? (?:ago|back|earlier)`, ([count = '', unit = ''], context) => {
    const number = counted(count, unit, context)
    return number && (unit === 'day' && number === '1' ? 'yesterday' : `${number} ${unit}s ago`)
  }],
  ['a fortnight ago|(?:the )?week before last(?: week)?', () => '2 weeks ago'],
  ['(?:the )?month before last(?: month)?', () => '2 months ago'],
  [`(?:this )?(last )?(${WEEKDAY})`, ([last = '', day = '']) => `${last}${day}`],
  [`this (?:coming )?(${WEEKDAY})`, ([day = '']) => day],
  [`(?:last weeks|last week on) (${WEEKDAY})|(${WEEKDAY}) (?:of |in )?last week`, ([one, other], { now }) => {
    const day = (WEEKDAYS as readonly string[]).indexOf(one ?? other ?? '')
    return now.startOf('week').minus({ weeks: 1 }).plus({ days: day }).toISODate()
  }],
  [`(${WEEKDAY}) (?:of |in )?this week`, ([day = '']) => day],
  [String.raw`(?:(?:${WEEKDAY}) )?(?:the )?(d\d)(?: (?:on )?(?:a |the )?(?:${WEEKDAY}))?`, ([day = '']) => day],
  [`(last )?(?:this )?(?:month of )?(${MONTH})`, ([last, month = ''], { now }) =>
    (last && month === MONTHS[now.month - 1] ? `${month} ${now.year - 1}` : month)],
  [String.raw`(${MONTH}) (?:of )?(y\d)`, ([month = '', year = ''], { values }) => `${month} ${values.get(year)}`],
  [String.raw`(?:month of )?(m\d)`, ([month = '']) => month],
  [String.raw`(?:year )?(y\d)`, ([year = '']) => year],
  [String.raw`(?:the )?(last )?(?:this )?(${SEASON})(?: (?:of )?(y\d))?`, ([last, season = '', year], { now }) => {
    if (!last || year) return [season, year].filter(Boolean).join(' ')
    // "last autumn", said in autumn, is the one a year before.
    return +(daysOf(`last ${season}`, now)?.from ?? 0) === +(daysOf(season, now)?.from ?? 0) ? season : `last ${season}`
  }],
  [`(?:the )?(${SEASON}) (?:of )?last year`, ([season = ''], { now }) => `${season} ${now.year - 1}`],
  [String.raw`(?:last |this |the )fall(?: (?:of )?(y\d))?`, ([year]) => ['autumn', year].filter(Boolean).join(' ')],
  [String.raw`(?:last )?(christmas day|easter sunday)(?: (?:of )?(y\d))?`,
    ([feast = '', year]) => [feast, year].filter(Boolean).join(' ')],
  [`last year (${MONTH})`, ([month = ''], { now }) => `${month} ${now.year - 1}`],
  [String.raw`(?:the )?(first|second) half of (y\d)`, ([ordinal, year = '']) => `h${ordinal === 'first' ? 1 : 2} ${year}`],
  [String.raw`(?:last )?(christmas|easter)(?: time| weekend| holidays?)?(?: (?:of )?(y\d))?`,
    ([feast = '', year]) => [feast, year].filter(Boolean).join(' ')],
  ['(christmas|easter) (?:of )?last year', ([feast = ''], { now }) => `${feast} ${now.year - 1}`],
  [String.raw`(christmas eve|boxing day|good friday|easter monday)(?: (?:of )?(y\d))?`,
    ([name = '', year]) => [name, year].filter(Boolean).join(' ')],
  [String.raw`(?:the )?new years?(?: day)?(?: (?:of )?(y\d))?`, ([year]) => ['new year', year].filter(Boolean).join(' ')],
  [String.raw`new years? eve(?: (?:of )?(y\d))?`, ([year]) => ['new years eve', year].filter(Boolean).join(' ')],
  [String.raw`(?:the )?(?:calendar )?week (n\d)(?: (?:of |in )?(y\d))?`, ([week = '', year], { now, values }) => {
    const number = Number(values.get(week))
    if (!(number >= 1 && number <= 53)) return null
    if (!year) return `week ${number}`
    const start = DateTime.fromObject({ weekYear: Number(values.get(year)), weekNumber: number }, { zone: now.zone })
    return start.isValid ? daysBetween(start, start.plus({ days: 6 })) : null
  }],
  [String.raw`(?:q([1-4])|(?:the )?(first|second|third|fourth) quarter)(?: (?:of )?(y\d|this year|last year))?`,
    ([digit, ordinal, year], { now, values }) => {
      const number = digit ?? String(ORDINALS.indexOf(ordinal ?? '') + 1)
      const given = year === 'this year' ? now.year : year === 'last year' ? now.year - 1 : year && values.get(year)
      return [`q${number}`, given].filter(Boolean).join(' ')
    }],
  [String.raw`(?:the )?(d\d) of (this|last) month`, ([day = '', month], { now, values }) => {
    const start = now.startOf('month').minus({ months: month === 'last' ? 1 : 0 })
    return start.set({ day: Math.min(Number((values.get(day) ?? '').slice(-2)), start.daysInMonth ?? 28) }).toISODate()
  }],
  [`(?:the )?(first|second) half (?:of|in) ${OF_MONTH}`, ([ordinal, month, year, dated, relative], context) => {
    const start = monthNamed(month ?? dated, year, relative, context)
    const end = start.endOf('month').startOf('day')
    return ordinal === 'first' ? daysBetween(start, start.set({ day: 15 })) : daysBetween(start.set({ day: 16 }), end)
  }],
  [`(?:the )?(first|second|third|fourth|last) week (?:of|in) ${OF_MONTH}`, ([ordinal = '', month, year, dated, relative], context) => {
    const start = monthNamed(month ?? dated, year, relative, context)
    const end = start.endOf('month').startOf('day')
    const from = ordinal === 'last' ? end.minus({ days: 6 }) : start.plus({ weeks: ORDINALS.indexOf(ordinal) })
    return daysBetween(from, DateTime.min(from.plus({ days: 6 }), end))
  }],
  [String.raw`(?:the )?(first|last) (n\d|few|couple of) days (?:of|in) ${OF_MONTH}`,
    ([which, count = '', month, year, dated, relative], context) => {
      const start = monthNamed(month ?? dated, year, relative, context)
      const end = start.endOf('month').startOf('day')
      const days = Number(context.values.get(count) ?? counted(count, 'day', context))
      if (!(days >= 1 && days <= end.day)) return null
      return which === 'first' ? daysBetween(start, start.set({ day: days })) : daysBetween(end.minus({ days: days - 1 }), end)
    }],
]

/** What no other period begins or ends with. */
export const WHOLES: readonly Rule[] = [
  ['last (week|month|quarter|year)', ([unit = '']) => `last ${unit}`],
  ['last weeks', () => 'last week'],
  ['last months', () => 'last month'],
  ['last years', () => 'last year'],
  ['last weekend|(?:the )?weekend', () => 'last weekend'],
  ['(?:so far )?(?:this|current|this current|the current|the whole|all) (week|month|quarter|year)' +
    '(?: so far| to date| long| up to now| until now)?',
    ([unit = '']) => `this ${unit}`],
  ['(week|month|year) (?:to date|so far)', ([unit = '']) => `this ${unit}`],
  ['ytd', () => 'this year'],
  ['mtd', () => 'this month'],
  ['(?:this|all|current|the current) weekend', () => 'this weekend'],
  [`(?:last|these last|most recent|the most recent) (${COUNT}) (${UNIT})s?(?: or so)?`, ([count = '', unit = ''], context) => {
    const number = counted(count, unit, context)
    return number && `last ${number} ${unit}s`
  }],
  ['half an hour ago', () => 'last 30 minutes'],
  [`(${COUNT}) (hour|minute)s? (?:ago|back)`, ([count = '', unit = ''], context) => {
    const word = counted(count, unit, context)
    if (!word || unit === 'minute') return word && `last ${word} minutes`
    // The hour around then.
    const from = context.now.minus({ hours: Number(context.values.get(word) ?? word), minutes: 30 })
    return `${from.toISODate()} from ${from.toFormat('HH:mm')} to ${from.plus({ hours: 1 }).toFormat('HH:mm')}`
  }],
  ['last hour', () => 'last 1 hours'],
  ['last minute', () => 'last 1 minutes'],
  ['last day', () => 'last 24 hours'],
  ['last half(?: an?)? hour', () => 'last 30 minutes'],
  ['last half(?: a)? year|last half year', () => 'last 6 months'],
  ['last quarter(?: of an)? hour', () => 'last 15 minutes'],
  ['last fortnight', () => 'last 2 weeks'],
  ['recent (day|week|month)s', ([unit = '']) => `last 3 ${unit}s`],
  ['last night|(?:through |during |over |in )(?:the )?night(?! (?:of|on|yesterday|before|to))|overnight|' +
    'while (?:we|everyone|everybody|all) (?:slept|(?:was|were)(?: all)? asleep)(?: last night)?',
    () => 'last night'],
  ['(?:the )?night before(?: last)?', () => 'the night before'],
  ['tonight|this night|today night', () => 'today night'],
  ['(?:(?:today|earlier|early|late|later) )?this (morning|afternoon|evening)|' +
    'today (?:in (?:the )?|at )?(morning|afternoon|evening)|(morning|afternoon|evening) (?:of )?today',
    ([one, other, third]) => `today ${one ?? other ?? third}`],
  ['last (morning|afternoon|evening)', ([part = '']) => `yesterday ${part}`],
  ['all time|of all time|ever|(?:since|from) (?:the )?(?:very )?(?:beginning|start|day one)(?: of time)?(?! of)|to date|' +
    '(?:in )?(?:the )?(?:whole|entire) history|from day one|in (?:our )?lifetime|' +
    'since (?:installation|we started|you started|recording|measurements|measuring)(?: began| started| measuring| recording)?',
    () => 'all time'],
  ['since (?:the )?(?:start|beginning) of (?:the |this )?(week|month|quarter|year)', ([unit = '']) => `this ${unit}`],
  ['since midnight', () => 'today'],
]

/** Periods to come, in hours from now; what is further off than a forecast reaches is as far as it reaches. */
export const FUTURES: readonly Rule[] = [
  [`(?:the day )?tomorrow(?: (?:${PART}|night))?`, () => '48'],
  ['the day after tomorrow', () => '72'],
  [`(?:next|coming|upcoming|this coming) (?:week|month|quarter|year|weekend|weeks|months|${WEEKDAY}|${MONTH}|${SEASON})`,
    () => WEEK_HOURS],
  ['(?:next|coming|upcoming) few days|(?:next|coming|upcoming) days', () => '72'],
  ['(?:next|coming|upcoming) couple(?: of)? days', () => '48'],
  ['(?:next|coming|upcoming) (?:few |couple of )?hours', () => '24'],
  ['(?:next|coming) hour', () => '1'],
  ['(?:next|coming) day', () => '24'],
  [String.raw`(?:next|coming|upcoming|in|in the next) (n\d) (hour|day|week|month|year)s?(?: time| from now)?`, aheadHours],
  ['(?:in )?(a|an|one) (hour|day|week|month|year)s? (?:time|from now)', aheadHours],
  [String.raw`(?:in )?(n\d) (hour|day|week|month|year)s? (?:from now|ahead|time)`, aheadHours],
  ['this time next (?:week|month|year)', () => WEEK_HOURS],
  ['(?:the )?(?:rest|remainder) of (?:the |this )?(?:day|today|evening)', () => '24'],
  ['(?:the )?(?:rest|remainder|end) of (?:the |this )?(?:week|month|quarter|year)', () => WEEK_HOURS],
  [`(?:the )?(?:rest|remainder) of (${MONTH})`, ([month], { now }) => (month === MONTHS[now.month - 1] ? WEEK_HOURS : null)],
  ['(?:the )?end of (?:the |this )?(?:day|today)|later today|later on today|later tonight', () => '24'],
  ['(?:week|month|year) end', () => WEEK_HOURS],
  ['(?:in )?the future', () => WEEK_HOURS],
]

function aheadHours([count = '', unit = '']: string[], context: LiftContext): string | null {
  const word = counted(count, unit, context)
  const number = Number(context.values.get(word ?? '') ?? word)
  const hours = { hour: 1, day: 24, week: 168, month: 720, year: 8760 }[unit] ?? 24
  return word && String(Math.max(1, Math.min(168, number * hours)))
}

