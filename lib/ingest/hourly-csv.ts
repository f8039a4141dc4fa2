import { DateTime } from 'luxon'
import { detectDecimalSign, readDecimal } from './read-decimal'
import { isPreamble, splitCells } from './csv-dialect'
import { readTimestamp } from './read-timestamp'

const TIME_NAMES = ['timestamp', 'time', 'datetime', 'date', 'start', 'starts_at', 'from', 'hour']
const VALUE_NAMES = [
  'price',
  'value',
  'price_per_kwh',
  'price_per_mwh',
  'carbon',
  'carbon_intensity',
  'grams_per_kwh',
  'gco2_per_kwh',
]
const DELIMITERS = [',', ';', '\t', '|']
const QUARTER_SECONDS = 900

export interface HourlyCsv {
  /** Unix seconds, ascending and each once: of lines for the same time the last counts. */
  startsAtSeconds: number[]
  values: number[]
  rejected: { line: number; reason: string }[]
}

/** What is wrong with a whole file, and what to do. */
export class HourlyCsvError extends Error {
  override name = 'HourlyCsvError'
}

/**
 * Reads a table of a time and a value per line, whatever delimiter and decimal sign it is written with. Times without an offset are
 * the site's; the hour that its clock shows twice is told apart by the order of the lines.
 * @param factor what values are multiplied with, 0.001 for prices per MWh
 * @throws HourlyCsvError where there is no header with a time and a value
 */
export function readHourlyCsv(text: string, timeZone: string, factor: number): HourlyCsv {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const headerIndex = lines.findIndex((line) => !isPreamble(line))
  const { delimiter, timeColumn, valueColumn } = readHeader(lines[headerIndex] ?? '')
  const momentOf = localMoments(timeZone)
  const rows = lines.slice(headerIndex + 1).flatMap((line, index) => {
    if (line.trim() === '') return []
    const cells = splitCells(line, delimiter)
    return [
      { line: headerIndex + index + 2, time: (cells[timeColumn] ?? '').trim(), value: (cells[valueColumn] ?? '').trim() },
    ]
  })
  const sign = detectDecimalSign(
    rows.map(({ value }) => value),
    delimiter,
  )
  const found = new Map<number, number>()
  const rejected: HourlyCsv['rejected'] = []
  for (const { line, time, value } of rows) {
    const moment = readTimestamp(time, Date.now() / 1000, {
      zoneless: momentOf,
      era: 'any',
      dateOrder: 'dotted',
    })
    const number = readDecimal(value, sign)
    if (!moment.ok) rejected.push({ line, reason: moment.reason })
    else if (moment.seconds % QUARTER_SECONDS !== 0)
      rejected.push({ line, reason: `${time} is not on a quarter of an hour.` })
    else if (!Number.isFinite(number) || Math.abs(number * factor) > 100_000)
      rejected.push({ line, reason: `"${value.slice(0, 40)}" is no usable number.` })
    else found.set(moment.seconds, number * factor)
  }
  const sorted = [...found].sort(([a], [b]) => a - b)
  return { startsAtSeconds: sorted.map(([start]) => start), values: sorted.map(([, value]) => value), rejected }
}

/**
 * What a local clock shows, counted as if it were UTC, in Unix seconds; null for what it never shows. Of the two moments it shows
 * twice the one that no line has had yet, and of those the one nearer to the line before.
 */
function localMoments(timeZone: string): (shownSeconds: number) => number | null {
  const seen = new Set<number>()
  let last = Number.NEGATIVE_INFINITY
  return (shownSeconds) => {
    const local = DateTime.fromSeconds(shownSeconds, { zone: 'utc' }).setZone(timeZone, { keepLocalTime: true })
    const moments = local
      .getPossibleOffsets()
      .map((moment) => moment.toSeconds())
      .sort((a, b) => a - b)
    if (local.toSeconds() + local.offset * 60 !== shownSeconds) return null
    const fresh = moments.filter((moment) => !seen.has(moment))
    const distance = (moment: number) => Math.abs(moment - last)
    last = (fresh.length > 0 ? fresh : moments).reduce((best, moment) => (distance(moment) < distance(best) ? moment : best))
    seen.add(last)
    return last
  }
}

function readHeader(line: string): { delimiter: string; timeColumn: number; valueColumn: number } {
  for (const delimiter of DELIMITERS) {
    const names = splitCells(line, delimiter).map((cell) => cell.trim().toLowerCase().replaceAll(' ', '_'))
    const timeColumn = names.findIndex((name) => TIME_NAMES.includes(name))
    const valueColumn = names.findIndex((name) => VALUE_NAMES.includes(name))
    if (timeColumn >= 0 && valueColumn >= 0) return { delimiter, timeColumn, valueColumn }
  }
  const shown = line.length > 120 ? `${line.slice(0, 120)}...` : line
  throw new HourlyCsvError(
    `The file needs a header with a column "timestamp" and a column "price" (or "value"); its first line is: ${shown}`,
  )
}
