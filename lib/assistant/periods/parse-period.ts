import type { ResolvedPeriod } from '@/lib/contracts/assistant'
import { LocalClock, type Span } from './local-span'
import { readNamedSpan } from './named-spans'
import { clockText, MONTHS, normalisePeriodWords, readClock } from './period-text'
import { readCalendarUnit, readRolling, readSameDay, rolling, shiftBack } from './relative-spans'

export interface PeriodContext {
  /** IANA name. */
  timeZone: string
  nowSeconds: number
  /** When the site was first measured, Unix seconds; null where it never was. What "all time" begins with. */
  firstReadingAt: number | null
  /** The period that "the one before" and "the same time last year" refer to. */
  relativeTo?: ResolvedPeriod
}

export interface PeriodProblem {
  /** For a person: what is the matter, and what to write instead. */
  problem: string
}

const DAY_PARTS: Record<string, readonly [number, number]> = {
  morning: [360, 720],
  afternoon: [720, 1080],
  evening: [1080, 1380],
  night: [1320, 1800],
}
const YEAR_SECONDS = 365 * 86_400
const EXAMPLES = 'Say for instance: yesterday, last week, march 2026, the last 30 days, since easter, or 2026-11-03.'

/**
 * A period in ordinary English words, at a site. Weeks begin on Monday; days, months and years are local, so a day is 23 to 25 hours
 * long when the clocks change. A period that is in progress ends in the future: what is measured of it ends now.
 *
 * | words                                                   | what they mean                                                    |
 * | ------------------------------------------------------- | ----------------------------------------------------------------- |
 * | now                                                     | the last 15 minutes                                               |
 * | today, yesterday, 3 days ago                            | that day                                                          |
 * | 2 weeks ago, 2 months ago                               | the whole week (Monday to Sunday) or month                        |
 * | this or last week, weekend, month, quarter, year        | the calendar's; last weekend: of the week before this one         |
 * | last 30 minutes, 24 hours, 7 days, 4 weeks, 12 months   | up to now                                                         |
 * | tuesday, last tuesday                                   | the newest, today included; the newest before today               |
 * | march, march 2026, 2026-03, 2026, 2026-11-03            | the newest that has begun where there is no year                  |
 * | since X                                                 | from the start of X to now (Easter: from the Sunday)              |
 * | from X to Y                                             | from the start of X to the end of Y                               |
 * | X morning, afternoon, evening, night                    | 6 to 12, 12 to 18, 18 to 23, 22 to 6 o'clock of the next day      |
 * | last night, the night before                            | the newest night that has begun, but never tonight; the one before|
 * | yesterday from 18:00 to 20:00                           | these hours of that day                                           |
 * | spring, summer, autumn, winter [year]                   | whole months from March, June, September, December (south: half a year later) |
 * | easter, christmas [year], new year                      | Good Friday to Easter Monday, 24 to 26 December, 1 January        |
 * | all time                                                | since the first reading                                           |
 *
 * Beside these: "past week" (7 days up to now), "november 3rd", "03.11.2026" (day first), "week 45", "q3", "the day before yesterday",
 * "friday last week", "between 1 and 5 november", "until march".
 */
export function parsePeriod(words: string, context: PeriodContext): ResolvedPeriod | PeriodProblem {
  const clock = new LocalClock(context.timeZone, context.nowSeconds)
  const text = normalisePeriodWords(words.slice(0, 200))
  const span = readSpan(text, clock, context)
  if (!span) {
    if (isAllTime(text)) return { problem: 'Nothing has been measured here yet.' }
    if (isToCome(text)) return { problem: toCome(text) }
    return { problem: `I do not know the period “${words.trim().slice(0, 80)}”. ${EXAMPLES}` }
  }
  if (span.from >= context.nowSeconds) return { problem: toCome(span.label) }
  if (span.to <= span.from)
    return { problem: `“${words.trim().slice(0, 80)}” ends before it begins. Name the earlier day first.` }
  if (span.from < 0) return { problem: `${span.label} is too long ago. ${EXAMPLES}` }
  return { from: span.from, to: span.to, label: span.label }
}

export const isPeriodProblem = (period: ResolvedPeriod | PeriodProblem): period is PeriodProblem => 'problem' in period

const toCome = (label: string) =>
  `${label.charAt(0).toUpperCase()}${label.slice(1)} is still to come: only what is past has been measured.`
const isToCome = (text: string) =>
  /^(?:tomorrow|day after tomorrow|tonight|next \w+|coming \w+|upcoming \w+|\d+ \w+ from now)$/.test(text)
const isAllTime = (text: string) => {
  return /^(?:all(?: the)?(?: time| data| of it)?|ever|so far|always|in total|overall|total|beginning|start|since (?:the )?(?:start|beginning|first reading|installation)|whole (?:time|period)|time|history|everything|lifetime)$/.test(
    text,
  )
}

type Try = (text: string, clock: LocalClock, context: PeriodContext) => Span | null

function readSpan(text: string, clock: LocalClock, context: PeriodContext): Span | null {
  for (const attempt of TRIES) {
    const span = attempt(text, clock, context)
    if (span) return span
  }
  return null
}

const fixed: Try = (text, clock, { firstReadingAt, nowSeconds }) => {
  const { today } = clock
  if (/^(?:now|right now|moment|this moment|currently|present|at present)$/.test(text)) {
    const span = rolling(clock, 15, 'minute')
    return span && { ...span, label: 'the last 15 minutes' }
  }
  if (/^(?:today|todays|today so far|day)$/.test(text)) return clock.day(today, 'today')
  if (/^yesterdays?$/.test(text)) return clock.day(today.minus({ days: 1 }), 'yesterday')
  if (/^day before yesterday$/.test(text)) return clock.day(today.minus({ days: 2 }))
  if (/^(?:year|month|week) to date$/.test(text)) return readCalendarUnit(`this ${text.split(' ')[0]}`, clock)
  if (!isAllTime(text) || firstReadingAt === null) return null
  return { from: firstReadingAt, to: Math.ceil(nowSeconds / 60) * 60, label: 'all the time measured' }
}

const relative: Try = (text, clock, { relativeTo }) => (relativeTo ? shiftBack(text, clock, relativeTo) : null)

const night: Try = (text, clock) => {
  const back = /^(?:last night|yesterday night)$/.test(text)
    ? 1
    : /^(?:night before|night before last|night before last night)$/.test(text)
      ? 2
      : 0
  if (back === 0) return null
  const evening = clock.today.minus({ days: back })
  return {
    from: clock.at(evening, 1320),
    to: clock.at(evening, 1800),
    label: back === 1 ? 'last night' : 'the night before last',
  }
}

const dayPart: Try = (text, clock, context) => {
  const tonight = /^tonight$/.test(text)
  const found = tonight
    ? [text, 'today', 'night']
    : (/^(.+?) (?:in (?:the )?|at )?(morning|afternoon|evening|night)s?$/.exec(text) ??
      /^(morning|afternoon|evening|night) (?:of |on )?(?:the )?(.+)$/
        .exec(text)
        ?.map((part, index, all) => [part, all[2], all[1]][index] ?? ''))
  const part = DAY_PARTS[found?.[2] ?? '']
  if (!found || !part) return null
  const words = found[1] === 'this' ? 'today' : (found[1] ?? '')
  const day = oneDay(words, clock, context)
  if (!day) return null
  const label =
    day.label === 'today'
      ? found[2] === 'night'
        ? 'tonight'
        : `this ${found[2]}`
      : day.label === 'yesterday'
        ? `yesterday ${found[2]}`
        : `the ${found[2]} of ${day.label}`
  return { from: clock.at(day.date, part[0]), to: clock.at(day.date, part[1]), label, repeats: day.repeats }
}

function oneDay(text: string, clock: LocalClock, context: PeriodContext) {
  const span = text.length > 0 ? readSpan(text, clock, context) : null
  const date = span && clock.onlyDay(span)
  return date && { date, label: span.label, repeats: span.repeats }
}

const CLOCK = String.raw`\d{1,2}(?:[:.]\d{2}|h\d{2})?\s*(?:am|pm|h)?|noon|midday|midnight`
const HOURS = new RegExp(
  `^(?:(.*?)\\s+)?(?:(?:from|between)\\s+)?(${CLOCK})\\s*(?:to|and|until|till|-)\\s*(${CLOCK})(?:\\s+(?:on\\s+)?(.*))?$`,
)
const ONE_HOUR = new RegExp(`^(.*?)\\s*\\b(?:at|around)\\s+(${CLOCK})$|^(${CLOCK}) (?:on\\s+)?([a-z].*)$`)
const isClockLike = (text: string) => /[:hm]|am|pm|noon|mid/.test(text)

/** Hours of a day: "yesterday from 18:00 to 20:00", "today between 6 and 9 am", "yesterday at 7 pm". */
const hours: Try = (text, clock, context) => {
  const since = new RegExp(`^(?:(.*) )?(?:since|after) (${CLOCK})(?: (today|yesterday))?$`).exec(text)
  if (since && (isClockLike(since[2] ?? '') || since[1])) {
    const from = readClock((since[2] ?? '').trim())
    const day = oneDay(since[1] ?? since[3] ?? 'today', clock, context)
    if (from === null || !day) return null
    const to = since[1] || since[3] ? clock.at(day.date, 1440) : context.nowSeconds
    return {
      from: clock.at(day.date, from),
      to: Math.max(to, clock.at(day.date, from)),
      label: `${day.label} since ${clockText(from)}`,
    }
  }
  const found = HOURS.exec(text)
  if (found) {
    const [, before = '', first = '', last = '', after = ''] = found
    const end = last.trim()
    const half = /(am|pm)$/.exec(end)?.[1]
    const start = half && /^\d{1,2}([:.]\d{2})?$/.test(first.trim()) ? `${first.trim()} ${half}` : first.trim()
    const [from, to] = [readClock(start), readClock(end)]
    const words = [before.replace(/^(?:from|between)$/, ''), after].filter(Boolean).join(' ').trim()
    if (from === null || to === null || (words === '' && !isClockLike(start) && !isClockLike(end))) return null
    const day = oneDay(words || 'today', clock, context)
    if (!day) return null
    const endMinutes = to > from ? to : to + 1440
    const label = `${day.label} from ${clockText(from)} to ${clockText(to)}`
    return { from: clock.at(day.date, from), to: clock.at(day.date, endMinutes), label }
  }
  const one = ONE_HOUR.exec(text)
  const given = one?.[2] ?? one?.[3] ?? ''
  const minutes = isClockLike(given) || one?.[2] ? readClock(given.trim()) : null
  const day = minutes === null ? null : oneDay(one?.[1] || one?.[4] || 'today', clock, context)
  if (minutes === null || !day) return null
  const label = `${day.label} from ${clockText(minutes)} to ${clockText((minutes + 60) % 1440)}`
  const atLabel = `${day.label} at ${clockText(minutes)}`
  return { from: clock.at(day.date, minutes), to: clock.at(day.date, minutes + 60), label, sinceLabel: atLabel, repeats: day.repeats }
}

const OPEN_END =
  /^(?:since|from|after|starting|beginning)\s+(.+?)(?:\s+(?:on|onwards|on now|until now|till now|to now|up to now|to today|until today))?$/

const since: Try = (text, clock, context) => {
  const found = OPEN_END.exec(text)
  if (!found?.[1] || (/\b(?:to|until|till|and)\b/.test(found[1]) && text.startsWith('from'))) return null
  const inner = normalisePeriodWords(
    found[1].replace(/^(?:the )?(?:start|beginning) of (?:the )?/, '').replace(/^(week|month|year)$/, 'this $1'),
  )
  const span = inner === '' ? null : readSpan(inner, clock, context)
  if (!span) return null
  const from = text.startsWith('after') ? span.to : (span.since ?? span.from)
  const label = `${text.startsWith('after') ? 'after' : 'since'} ${span.sinceLabel ?? span.label}`
  return { from, to: Math.max(from + 60, Math.ceil(context.nowSeconds / 60) * 60), label }
}

const until: Try = (text, clock, context) => {
  const found = /^(?:until|till|up to|before) (.+)$/.exec(text)
  const span = found?.[1] ? readSpan(normalisePeriodWords(found[1]), clock, context) : null
  if (!span || context.firstReadingAt === null) return null
  return { from: context.firstReadingAt, to: text.startsWith('before') ? span.from : span.to, label: `until ${span.label}` }
}

const ENDS_AT_TIME = new RegExp(`\\bat (?:${CLOCK})$`)

/** From the start of one to the end of another, which says for both what the first leaves out: "1 to 5 november". */
const range: Try = (text, clock, context) => {
  const found = /^(?:from |between )?(.+?) (?:to|until|till|through|thru|-|and|up to) (.+)$/.exec(text)
  if (!found?.[1] || !found[2] || (/ and /.test(text) && !text.startsWith('between') && !/^(?:\S+ and \S+)$/.test(text)))
    return null
  const [first, second] = [normalisePeriodWords(found[1]), normalisePeriodWords(found[2])]
  const end = second === 'now' || second === 'today' ? nowAsDay(clock) : readSpan(second, clock, context)
  if (!end) return null
  const lent = withRest(first, second)
  let start = readSpan(lent, clock, context) ?? readSpan(first, clock, context)
  if (!start) return null
  if (lent !== first) start = { ...start, repeats: undefined }
  if (start.from >= end.to && start.repeats === 'week') start = { ...start, from: start.from - 7 * 86_400 }
  if (start.from >= end.to && start.repeats === 'year') {
    const yearBefore = new LocalClock(clock.timeZone, clock.nowSeconds - YEAR_SECONDS)
    start = readSpan(first, yearBefore, { ...context, nowSeconds: yearBefore.nowSeconds }) ?? start
  }
  // "from friday at 18:00 to monday at 8" ends when it is eight.
  const isTime = ENDS_AT_TIME.test(second)
  const startLabel = ENDS_AT_TIME.test(lent) ? (start.sinceLabel ?? start.label) : start.label
  const endLabel = isTime ? (end.sinceLabel ?? end.label) : end.label
  return { from: start.from, to: isTime ? end.from : end.to, label: `from ${startLabel} to ${endLabel}` }
}

const nowAsDay = (clock: LocalClock): Span => clock.day(clock.today, 'today')

/** Lends a bare day or month the month and year of the other side. */
function withRest(first: string, second: string): string {
  const year = /\b(\d{4})$/.exec(second)?.[1]
  const month = MONTHS.find((name) => second.includes(name))
  if (/^\d{1,2}$/.test(first) && month) return `${first} ${month}${year ? ` ${year}` : ''}`
  if (/^[a-z]+ \d{1,2}$/.test(second) || !year || /\d{4}/.test(first)) return first
  return `${first} ${year}`
}

const TRIES: readonly Try[] = [
  fixed,
  relative,
  readNamedSpan,
  readRolling,
  readCalendarUnit,
  readSameDay,
  night,
  dayPart,
  hours,
  since,
  until,
  range,
]
