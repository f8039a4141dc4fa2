const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
const ISO_TIME =
  /^(\d{4})[-/](\d{2})[-/](\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i

/**
 * A number with a decimal point or a decimal comma; where both occur, the last one is the decimal sign and the others group
 * digits. @returns NaN for anything else
 */
export function parseDecimal(text: string): number {
  let plain = text.trim()
  if (plain.includes(',')) {
    const decimal = plain.lastIndexOf('.') > plain.lastIndexOf(',') ? '.' : ','
    plain = plain.replaceAll(decimal === '.' ? ',' : '.', '').replace(decimal, '.')
  }
  return PLAIN_NUMBER.test(plain) ? Number(plain) : Number.NaN
}

/**
 * A time as Unix seconds, milliseconds, microseconds or nanoseconds (told apart by size) or as ISO 8601, in UTC where it names no
 * zone. @returns Unix seconds, NaN for anything else
 */
export function parseTimestamp(text: string): number {
  const number = parseDecimal(text)
  if (!Number.isNaN(number)) return number / unitOf(Math.abs(number))
  const parts = ISO_TIME.exec(text.trim())
  if (!parts) return Number.NaN
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone] = parts
  const whole = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) / 1000
  const inRange = Number(month) <= 12 && Number(day) <= 31 && Number(hour) <= 24 && Number(minute) < 60 && Number(second) <= 60
  return inRange ? whole + Number(`0.${fraction}`) - zoneOffsetSeconds(zone) : Number.NaN
}

function unitOf(magnitude: number): number {
  if (magnitude >= 1e17) return 1e9
  if (magnitude >= 1e14) return 1e6
  return magnitude >= 1e11 ? 1e3 : 1
}

function zoneOffsetSeconds(zone: string | undefined): number {
  if (!zone || /^(z|utc)$/i.test(zone)) return 0
  const sign = zone.startsWith('-') ? -1 : 1
  return sign * (Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(-2)) * 60)
}
