import type { Cell } from './row-reader'

/** A day alone; some exports write midnight behind it. */
const DAY = /^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}([./-])\d{1,2}\2\d{4})(?:[ T]0?0:00(?::00(?:[.,]0+)?)?)?$/
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?\s*(?:([ap])\.?m\.?)?$/i

export const isDay = (text: string) => DAY.test(text.trim())
export const isClock = (text: string) => CLOCK.test(text.trim())

/** A day and the time of day from a cell of its own, as one time; the cells may be the other way round. */
export function joinTime(time: Cell, clock: Cell): string {
  const [first, second] = [String(time).trim(), String(clock).trim()]
  const [day, text] = isClock(first) && isDay(second) ? [second, first] : [first, second]
  const [, hour, minutes, seconds, half] = CLOCK.exec(text) ?? []
  if (hour === undefined || text === '') return text === '' ? '' : `${day} ${text}`
  const hours = half ? (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hour)
  return `${wholeDay(day)} ${String(hours).padStart(2, '0')}:${minutes}${seconds === undefined ? '' : `:${seconds}`}`
}

/** With two digits for day and month, and without the midnight. */
function wholeDay(text: string): string {
  const day = DAY.exec(text)?.[1]
  if (!day) return text
  return day.replace(/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/, (_, year: string, month: string, date: string) =>
    `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`)
}

/**
 * The columns of the day and of the time of day, in a table that keeps them apart.
 * @param timeColumn what is taken for the column of times
 * @param candidates other columns that nothing is read from
 * @returns null where the times are whole, or no column completes them
 */
export function findClockColumn(
  timeColumn: string,
  candidates: readonly string[],
  cellsOf: (column: string) => readonly string[],
): { timeColumn: string; clockColumn: string } | null {
  const holds = (column: string, kind: (text: string) => boolean) => {
    const filled = cellsOf(column).filter((cell) => cell.trim() !== '')
    return filled.length > 0 && filled.every(kind)
  }
  if (holds(timeColumn, isDay)) {
    const clockColumn = candidates.find((column) => holds(column, isClock))
    return clockColumn === undefined ? null : { timeColumn, clockColumn }
  }
  if (!holds(timeColumn, isClock)) return null
  const dayColumn = candidates.find((column) => holds(column, isDay))
  return dayColumn === undefined ? null : { timeColumn: dayColumn, clockColumn: timeColumn }
}
