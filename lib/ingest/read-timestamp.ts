import { rewriteDate, type DateOrder } from './rewrite-date'

const EARLIEST_SECONDS = Date.UTC(2000, 0, 1) / 1000
const AHEAD_SECONDS = 7 * 86_400
/** A number this large is no count of seconds, whatever it counts from. */
const BEYOND_SECONDS = 1e11

/** Units finer than a second in which clients send time. Their ranges since 2000 do not overlap, so a number tells its unit. */
const FINER_UNITS = [
  { name: 'milliseconds', perSecond: 1e3 },
  { name: 'microseconds', perSecond: 1e6 },
  { name: 'nanoseconds', perSecond: 1e9 },
] as const

const NUMBER = /^(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d+)?$/i
const ISO =
  /^(\d{4})[-/](\d{2})[-/](\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d+))?)?\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/i

export interface TimestampRules {
  /**
   * What a text without a time zone means: nothing, since it could be any of 38 moments; the moment in UTC; or what a function
   * makes of the seconds it would be in UTC, null where a local clock never shows them.
   */
  zoneless: 'reject' | 'utc' | ((utcSeconds: number) => number | null)
  /** Whether times are bound to the present (from 2000 to a week ahead), or seconds may count from anywhere. */
  era: 'present' | 'any'
  /** How dates that do not begin with the year are written; without it they are not read. */
  dateOrder?: DateOrder
}

/** Of readings that are to be shown as now: what is doubtful is not taken. */
export const LIVE_TIMES: TimestampRules = { zoneless: 'reject', era: 'present' }
/** Of recordings that are replayed: bound to the present as well, but a file cannot be asked for its zone. */
export const RECORDED_TIMES: TimestampRules = { zoneless: 'utc', era: 'present', dateOrder: 'dotted' }
/** Of tables whose times only need to be in relation to each other. */
export const TABLE_TIMES: TimestampRules = { zoneless: 'utc', era: 'any', dateOrder: 'dotted' }

export type ReadTimestamp = { ok: true; seconds: number; note?: string } | { ok: false; reason: string }

/**
 * Unix seconds from a number in s, ms, us or ns, the same as text (also with a decimal comma), or an ISO 8601 text, year first,
 * with `-` or `/`.
 */
export function readTimestamp(value: unknown, nowSeconds: number, rules: TimestampRules): ReadTimestamp {
  if (value === undefined || value === null) return { ok: false, reason: 'timestamp is missing.' }
  if (typeof value === 'number') return fromNumber(value, nowSeconds, rules)
  if (typeof value !== 'string') return { ok: false, reason: 'timestamp is neither a number nor a text.' }
  const text = value.trim()
  if (NUMBER.test(text)) {
    const result = fromNumber(Number(text.replace(',', '.')), nowSeconds, rules)
    return result.ok ? { ...result, note: result.note ?? 'timestamp was text and is read as a number.' } : result
  }
  return fromIso(text, nowSeconds, rules)
}

function fromIso(given: string, nowSeconds: number, rules: TimestampRules): ReadTimestamp {
  const text = rules.dateOrder ? rewriteDate(given, rules.dateOrder) : given
  const [, year, month, day, time = '00:00', fraction = '0', zone] = ISO.exec(text) ?? []
  if (!year) return { ok: false, reason: `timestamp "${text.slice(0, 40)}" is neither Unix seconds nor ISO 8601.` }
  if (!zone && rules.zoneless === 'reject') {
    return { ok: false, reason: `timestamp ${text} has no time zone: add Z or an offset such as +02:00.` }
  }
  const date = `${year}-${month}-${day}`
  const wholeSeconds = Date.parse(`${date}T${time}${toOffset(zone ?? 'Z')}`) / 1000
  if (Number.isNaN(wholeSeconds) || Number(day) > daysInMonth(Number(year), Number(month))) {
    return { ok: false, reason: `timestamp ${text} does not exist.` }
  }
  const utcSeconds = wholeSeconds + Number(`0.${fraction}`)
  const seconds = zone || typeof rules.zoneless === 'string' ? utcSeconds : rules.zoneless(utcSeconds)
  if (seconds === null) return { ok: false, reason: `timestamp ${text} is skipped by the local clock.` }
  return rules.era === 'any' || inRange(seconds, nowSeconds)
    ? { ok: true, seconds, note: 'timestamp was an ISO text and is read as Unix seconds.' }
    : outOfRange(text, seconds)
}

function fromNumber(number: number, nowSeconds: number, { era }: TimestampRules): ReadTimestamp {
  if (!Number.isFinite(number)) return { ok: false, reason: `timestamp is ${number}.` }
  if (inRange(number, nowSeconds)) return { ok: true, seconds: number }
  for (const { name, perSecond } of FINER_UNITS) {
    const seconds = number / perSecond
    if (inRange(seconds, nowSeconds)) return { ok: true, seconds, note: `timestamp was in ${name} and is read as Unix seconds.` }
  }
  return era === 'any' && Math.abs(number) < BEYOND_SECONDS ? { ok: true, seconds: number } : outOfRange(String(number), number)
}

const inRange = (seconds: number, nowSeconds: number) => seconds >= EARLIEST_SECONDS && seconds <= nowSeconds + AHEAD_SECONDS

const outOfRange = (given: string, seconds: number): ReadTimestamp => ({
  ok: false,
  reason: seconds < EARLIEST_SECONDS
    ? `timestamp ${given} is before the year 2000.`
    : `timestamp ${given} is over 7 days ahead of the server's clock.`,
})

/** Date.parse reads 30 February as 2 March. */
const daysInMonth = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** Date.parse wants the colon and the minutes. */
function toOffset(zone: string): string {
  if (/^(z|utc)$/i.test(zone)) return 'Z'
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0')
  return `${zone[0]}${digits.slice(0, 2)}:${digits.slice(2)}`
}
