import { parseDecimal, parseTimestamp } from './cell-values'
import { detectDialect, endsInsideQuotes, isPreamble, splitCells, type CsvDialect } from './csv-dialect'
import { textLines, UsageError } from './text-lines'

export interface InputRow {
  /** Position in the file, from 0. */
  index: number
  timestampText: string
  powerText: string
  /** Unix seconds and watts; NaN where the cell is none. */
  timestampSeconds: number
  powerWatts: number
  /** Why the row cannot be used; null for a good one. */
  problem: RowProblem | null
}

export type RowProblem = 'time unreadable' | 'power not a number' | 'power out of range' | 'wrong number of cells'

/** No building's meter reads more. */
const MAX_POWER_WATTS = 1e8
/** A quote that is not closed within this many lines was none. */
const LONGEST_QUOTE_LINES = 50

/** A table's rows in batches, in file order; blank lines are no rows. @throws UsageError where the file is none */
export async function* inputRows(file: string): AsyncGenerator<InputRow[]> {
  let dialect: CsvDialect | null = null
  let index = 0
  let held: string[] = []
  let rows: InputRow[] = []
  const take = (line: string, within: CsvDialect) => rows.push(parseRow(line, within, index++))

  for await (const lines of textLines(file)) {
    for (const line of lines) {
      if (!dialect) {
        if (!isPreamble(line)) dialect = detectDialect(line, file)
        continue
      }
      if (held.length === 0 && !line.includes('"')) {
        if (line.trim() !== '') take(line, dialect)
        continue
      }
      held.push(line)
      const joined = held.join('\n')
      if (!endsInsideQuotes(joined)) {
        take(joined, dialect)
        held = []
      } else if (held.length > LONGEST_QUOTE_LINES) {
        for (const single of held) take(single, dialect)
        held = []
      }
    }
    yield rows
    rows = []
  }
  if (!dialect) throw new UsageError(`${file} is empty.`)
  for (const single of held) take(single, dialect)
  yield rows
}

function parseRow(line: string, dialect: CsvDialect, index: number): InputRow {
  const cells = splitCells(line, dialect.delimiter)
  const timestampText = cells[dialect.timestampColumn]?.trim() ?? ''
  const powerText = cells[dialect.powerColumn]?.trim() ?? ''
  const timestampSeconds = parseTimestamp(timestampText)
  const powerWatts = parseDecimal(powerText)
  let problem: RowProblem | null = null
  if (cells.length > dialect.columnCount && cells.slice(dialect.columnCount).some((cell) => cell.trim() !== '')) {
    problem = 'wrong number of cells'
  } else if (!Number.isFinite(timestampSeconds)) problem = 'time unreadable'
  else if (!Number.isFinite(powerWatts)) problem = 'power not a number'
  else if (Math.abs(powerWatts) > MAX_POWER_WATTS) problem = 'power out of range'
  return { index, timestampText, powerText, timestampSeconds, powerWatts, problem }
}
