/**
 * How a file writes dates that do not begin with the year. Points always separate day, month, year; slashes and hyphens are read
 * two ways in the world, so somebody has to say which.
 */
export type DateOrder = 'dotted' | 'day-first' | 'month-first'

const YEAR_LAST =
  /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:(?:,\s*|\s+|T)(\d{1,2})(:\d{2}(?::\d{2}(?:[.,]\d+)?)?)\s*([AP]M)?)?(.*)$/i

/** Whether a date could mean two days, as 03/04/2024 does. */
export function needsDateOrder(text: string): boolean {
  const match = YEAR_LAST.exec(text.trim())
  return match !== null && match[2] !== '.'
}

/** Puts the year first and the clock on 24 hours; what is no such date comes back as it was. */
export function rewriteDate(text: string, order: DateOrder): string {
  const match = YEAR_LAST.exec(text)
  if (!match) return text
  const [, first = '', separator, second = '', year, hour, minutes = '', half, rest = ''] = match
  if (separator !== '.' && order === 'dotted') return text
  const [day, month] = separator === '.' || order === 'day-first' ? [first, second] : [second, first]
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (hour === undefined) return `${date}${rest}`
  const hours = half ? (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0) : Number(hour)
  return `${date}T${String(hours).padStart(2, '0')}${minutes}${rest}`
}
