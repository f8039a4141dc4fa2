import { DateTime } from 'luxon'
import { daysOf, periodWords } from './plan-periods'
import { FUTURES, type LiftContext, PART, POINTS, type Rule, WEEKDAY, WHOLES } from './period-rules'

/**
 * Finds the periods a question names, so that the planner's model need not: it reads p1, p2 for what has been or is going on and
 * f1 for what is to come. Words are as the normaliser leaves them: lower-case, synonyms replaced, n1, d1, m1, y1, t1 for numbers,
 * days, months of a year, years and times of day.
 */

export interface PeriodReading {
  /** Plan words, placeholders unfilled, such as "last n1 days"; hours of the horizon where `kind` is "f". */
  plan: string
  kind: 'p' | 'f'
  /** How many words it takes up. */
  length: number
  /** Hours without their day, taken to be of today. */
  isOfNoDay?: boolean
}

const compile = (rules: readonly Rule[]) =>
  rules.map(([pattern, plan]) => ({ pattern: new RegExp(`^(?:${pattern})(?= |$)`), plan }))
const compiled = { points: compile(POINTS), wholes: compile(WHOLES), futures: compile(FUTURES) }

function longest(rules: ReturnType<typeof compile>, kind: 'p' | 'f', rest: string, context: LiftContext): PeriodReading | null {
  let best: PeriodReading | null = null
  for (const { pattern, plan } of rules) {
    const hit = pattern.exec(rest)
    if (!hit) continue
    const length = hit[0].trim().split(' ').length
    const written: string | null = best && best.length >= length ? null : plan(hit.slice(1), context)
    if (written) best = { plan: written, kind, length }
  }
  return best
}

const after = (rest: string, words: number): string => rest.split(' ').slice(words).join(' ')
const join = (plan: string, length: number): PeriodReading => ({ plan, kind: 'p', length })

function point(rest: string, context: LiftContext): PeriodReading | null {
  return longest(compiled.points, 'p', rest, context)
}

const INSIDE_DAY = /^(?:(?:from |between )?(t\d) (?:to|and|until|till) (t\d)|(?:at |around |about |at around )?(t\d))(?= |$)/
const OPENING =
  /^(?:ever )?(?:since|starting|starting from|beginning|from|after) (?:the )?(?:(?:start|beginning|end) of )?(?:the )?/
const UP_TO_NOW = /^(?:on(?:wards?)?|until now|till now|to now|until today|till today|up to now|to today)(?= |$)/
const RANGE_LINK = /^(?:to|until|till|through|up to)(?: the)?(?= |$)/
const BETWEEN_LINK = /^(?:to|until|till|and)(?: the)?(?= |$)/
export const DAY = new RegExp(String.raw`^(?:today|yesterday|\d+ days ago|n\d days ago|(?:last )?(?:${WEEKDAY})|d\d|\d{4}-\d\d-\d\d)$`)

/** A part of a day or hours of one: "yesterday evening", "in the morning of d1", "between t1 and t2 yesterday". */
function partOfDay(rest: string, context: LiftContext): PeriodReading | null {
  const lead = new RegExp(`^(?:the )?(${PART}) (?:of |on )?(?:the )?`).exec(rest)
  if (lead) {
    const words = lead[0].trim().split(' ').length
    const day = point(after(rest, words), context)
    if (day && DAY.test(day.plan)) return join(`${day.plan} ${lead[1]}`, words + day.length)
  }
  const hours = /^(?:from |between |for )?(t\d) (?:to|and|until|till|-) (t\d)(?= |$)/.exec(rest)
  const at = /^(?:at |around |about |at around |at about )?(t\d)(?= |$)/.exec(rest)
  const clock = hours ? ` from ${hours[1]} to ${hours[2]}` : at ? ` at ${at[1]}` : ''
  if (clock) {
    const words = (hours ?? at)![0].split(' ').length
    const tail = after(rest, words)
    const skipped = /^(?:on |of |in the |this )?(?:the )?/.exec(tail)![0].trim()
    const skip = skipped === '' ? 0 : skipped.split(' ').length
    const part = new RegExp(`^(?:this |in the )(?:${PART})(?= |$)`).exec(tail)
    if (part) return join(`today${clock}`, words + part[0].split(' ').length)
    const night = /^last night(?= |$)/.exec(tail)
    if (night) return join(`${nightDay((hours ?? at)![1]!, context)}${clock}`, words + 2)
    const day = point(after(tail, skip), context)
    if (day && DAY.test(day.plan)) {
      const isNight = after(tail, skip + day.length).startsWith('night')
      const start = isNight ? nightDay((hours ?? at)![1]!, context, day.plan) : day.plan
      return join(`${start}${clock}`, words + skip + day.length + (isNight ? 1 : 0))
    }
    // "between 22:00 and 6" of the night to come is of the one just gone.
    const [from = '', to = ''] = [hours?.[1], hours?.[2]].map((name) => context.values.get(name ?? '') ?? '')
    const isToCome = hours && to <= from && from > context.now.toFormat('HH:mm')
    const isHour = hours !== null || /^(?:at|around)\b/.test(rest)
    return isHour ? { ...join(`${isToCome ? 'yesterday' : 'today'}${clock}`, words), isOfNoDay: true } : null
  }
  const night = /^last night (?=(?:from |between |at |around |at around )t\d)/.exec(rest)
  const early = new RegExp(`^this (?:${PART}) (?=(?:from |between |at |around |at around |about )?t\\d)`).exec(rest)
  const day = night ? join('last night', 2) : early ? join('today', 2) : point(rest, context)
  if (!day || (!night && !DAY.test(day.plan))) return null
  const tail = after(rest, day.length)
  const part = new RegExp(`^(?:in (?:the )?|at |during (?:the )?)?(${PART})(?= |$)`).exec(tail)
  const inNight = night ? null : /^night at (t\d)(?= |$)/.exec(tail)
  if (inNight) return join(`${nightDay(inNight[1]!, context, day.plan)} at ${inNight[1]}`, day.length + 3)
  const inside = INSIDE_DAY.exec(tail)
  if (inside) {
    const start = night ? nightDay(inside[1] ?? inside[3] ?? '', context) : day.plan
    const text = inside[1] ? `from ${inside[1]} to ${inside[2]}` : `at ${inside[3]}`
    return join(`${start} ${text}`, day.length + inside[0].split(' ').length)
  }
  return part && !night ? join(`${day.plan} ${part[1]}`, day.length + part[0].split(' ').length) : null
}

/** The day on which an hour of a night lies: of last night, or of one that begins on a day. */
function nightDay(time: string, { values, now }: LiftContext, evening = 'yesterday'): string {
  if ((values.get(time) ?? '') >= '12') return evening
  if (evening === 'yesterday') return 'today'
  return daysOf(periodWords(evening.split(' '), values), now)?.to.plus({ days: 1 }).toISODate() ?? evening
}

function openEnd(rest: string, context: LiftContext): PeriodReading | null {
  const lead = OPENING.exec(rest)
  if (!lead) return null
  const words = lead[0].trim().split(' ').length
  const tail = after(rest, words)
  const time = /^(t\d)(?: (?:today|this morning|this afternoon|this evening))?(?= |$)/.exec(tail)
  const part = /^since the (morning|afternoon|evening)(?= |$)/.exec(rest)
  if (part) return join(`since today ${part[1]}`, 3)
  const hour = time && join(time[1]!, time[0].split(' ').length)
  const day = partOfDay(tail, context) ?? point(tail, context) ?? longest(compiled.wholes, 'p', tail, context)
  const start = hour && (!day || day.length <= hour.length) ? hour : day
  if (!start || / (?:from|to) /.test(start.plan) || start.plan === 'all time') return null
  if (rest.startsWith('after') && / at /.test(start.plan)) return null
  const length = words + start.length
  const open = UP_TO_NOW.exec(after(rest, length))
  if (open) return join(`since ${start.plan}`, length + open[0].split(' ').length)
  return /^(?:ever )?(?:since|starting|beginning|from t\d)/.test(rest) ? join(`since ${start.plan}`, length) : null
}

/** Hours of a day up to or from a time of day: "before t1 today", "after t1 last night". */
function sideOfHour(rest: string, context: LiftContext): PeriodReading | null {
  const lead = /^(before|until|till|by|after) (?=(?:t\d |.* at t\d))/.exec(rest)
  const day = lead && partOfDay(after(rest, 1), context)
  const parts = day && /^(.+) at (t\d)$/.exec(day.plan)
  if (!lead || !day || !parts) return null
  const isNight = /^last night| last night$/.test(after(rest, 1).split(' ').slice(0, day.length).join(' '))
  if (lead[1] === 'after') return join(`${parts[1]} from ${parts[2]} to ${isNight ? '06:00' : '23:59'}`, 1 + day.length)
  return lead[1] === 'by' ? null : join(`${parts[1]} from 00:00 to ${parts[2]}`, 1 + day.length)
}

/** A point that may be a part of a day or a time of one: an end of a range. */
function end(rest: string, context: LiftContext): PeriodReading | null {
  const [part, whole] = [partOfDay(rest, context), point(rest, context)]
  const today = /^(?:this|today(?: in the)?) (morning|afternoon|evening)(?= |$)/.exec(rest)
  if (today) return join(`today ${today[1]}`, today[0].split(' ').length)
  return part && (!whole || part.length > whole.length) && !/ from /.test(part.plan) ? part : whole
}

function range(rest: string, context: LiftContext): PeriodReading | null {
  const lead = /^(?:from|between|starting) (?:the )?/.exec(rest)?.[0].trim() ?? ''
  const words = lead === '' ? 0 : lead.split(' ').length
  const first = after(rest, words)
  const number = /^(?:the )?(n\d) (?:to|until|till|through|and) /.exec(first)?.[1]
  const start = number ? join(number, first.startsWith('the ') ? 2 : 1) : end(first, context)
  if (!start) return null
  const link = (lead.startsWith('between') ? BETWEEN_LINK : RANGE_LINK).exec(after(first, start.length))
  if (!link) return null
  const before = words + start.length + link[0].split(' ').length
  const tail = after(rest, before)
  const endNumber = /^(n\d)(?= |$)/.exec(tail)?.[1]
  const last = endNumber && /^d\d$/.test(start.plan) ? join(endNumber, 1) : end(tail, context)
  if (!last || start.plan.startsWith('from') || last.plan.startsWith('from')) return null
  const from = number ? dayOfSameMonth(number, last.plan, context) : start.plan
  const to = endNumber ? dayOfSameMonth(endNumber, start.plan, context) : last.plan
  return from && to ? join(`from ${from} to ${to}`, before + last.length) : null
}

/** The n-th day of the month that a day lies in. */
function dayOfSameMonth(number: string, day: string, { values }: LiftContext): string | null {
  const date = DateTime.fromISO(values.get(day) ?? '')
  const count = Number(values.get(number))
  const isDay = date.isValid && Number.isInteger(count) && count >= 1 && count <= (date.daysInMonth ?? 0)
  return isDay ? date.set({ day: count }).toISODate() : null
}

/** The longest period that begins with the first of `words`; null where none does. */
export function readPeriodAt(words: readonly string[], context: LiftContext, isComparison: boolean): PeriodReading | null {
  const rest = words.join(' ')
  const readings = [
    longest(compiled.futures, 'f', rest, context), openEnd(rest, context), sideOfHour(rest, context), isComparison ? null : range(rest, context),
    partOfDay(rest, context), longest(compiled.wholes, 'p', rest, context), point(rest, context),
  ]
  return readings.reduce((best, reading) => (reading && (!best || reading.length > best.length) ? reading : best), null)
}
