const EARLIEST_SECONDS = Date.UTC(2000, 0, 1) / 1000
const AHEAD_SECONDS = 7 * 86_400

/** Units finer than a second in which clients send time. Their ranges since 2000 do not overlap, so a number tells its unit. */
const FINER_UNITS = [
  { name: 'milliseconds', perSecond: 1e3 },
  { name: 'microseconds', perSecond: 1e6 },
  { name: 'nanoseconds', perSecond: 1e9 },
] as const

const ISO = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s?(Z|[+-]\d{2}(?::?\d{2})?)?$/i

export type ReadTimestamp = { ok: true; seconds: number; note?: string } | { ok: false; reason: string }

/**
 * Unix seconds from 2000 to a week after `nowSeconds`, from a number in s, ms, us or ns, the same as text, or an ISO 8601
 * text with a time zone. One without a zone could mean any of 38 moments and is rejected.
 */
export function readTimestamp(value: unknown, nowSeconds: number): ReadTimestamp {
  if (value === undefined || value === null) return { ok: false, reason: 'timestamp is missing.' }
  if (typeof value === 'number') return fromNumber(value, nowSeconds)
  if (typeof value !== 'string') return { ok: false, reason: 'timestamp is neither a number nor a text.' }
  const text = value.trim()
  if (/^\d+(\.\d+)?$/.test(text)) {
    const result = fromNumber(Number(text), nowSeconds)
    return result.ok ? { ...result, note: result.note ?? 'timestamp was text and is read as a number.' } : result
  }
  const [, date, time, zone] = ISO.exec(text) ?? []
  if (!date) return { ok: false, reason: `timestamp "${text.slice(0, 40)}" is neither Unix seconds nor ISO 8601.` }
  if (!zone) return { ok: false, reason: `timestamp ${text} has no time zone: add Z or an offset such as +02:00.` }
  const milliseconds = Date.parse(`${date}T${time}${toOffset(zone)}`)
  // Date.parse reads 30 February as 2 March.
  const dayExists = new Date(Date.parse(`${date}T00:00Z`) || 0).toISOString().startsWith(date)
  if (Number.isNaN(milliseconds) || !dayExists) return { ok: false, reason: `timestamp ${text} does not exist.` }
  const seconds = milliseconds / 1000
  return inRange(seconds, nowSeconds)
    ? { ok: true, seconds, note: 'timestamp was an ISO text and is read as Unix seconds.' }
    : outOfRange(text, seconds)
}

function fromNumber(number: number, nowSeconds: number): ReadTimestamp {
  if (!Number.isFinite(number)) return { ok: false, reason: `timestamp is ${number}.` }
  if (inRange(number, nowSeconds)) return { ok: true, seconds: number }
  for (const { name, perSecond } of FINER_UNITS) {
    const seconds = number / perSecond
    if (inRange(seconds, nowSeconds)) return { ok: true, seconds, note: `timestamp was in ${name} and is read as Unix seconds.` }
  }
  return outOfRange(String(number), number)
}

const inRange = (seconds: number, nowSeconds: number) => seconds >= EARLIEST_SECONDS && seconds <= nowSeconds + AHEAD_SECONDS

const outOfRange = (given: string, seconds: number): ReadTimestamp => ({
  ok: false,
  reason: seconds < EARLIEST_SECONDS
    ? `timestamp ${given} is before the year 2000.`
    : `timestamp ${given} is over 7 days ahead of the server's clock.`,
})

/** Date.parse wants the colon and the minutes. */
function toOffset(zone: string): string {
  if (zone.toUpperCase() === 'Z') return 'Z'
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0')
  return `${zone[0]}${digits.slice(0, 2)}:${digits.slice(2)}`
}
