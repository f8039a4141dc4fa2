import { UsageError } from '@/lib/infra/usage-error'
import { detectDialect, endsInsideQuotes, isPreamble, splitCells, type CsvDialect } from '@/lib/ingest/csv-dialect'
import { textLines, type TextOptions } from '@/lib/ingest/text-lines'

/** A quote that is not closed within this many lines was none. */
const LONGEST_QUOTE_LINES = 50

export interface CsvRecord {
  /** From 1; of a record over several lines the first one. */
  lineNumber: number
  cells: string[]
}

export interface CsvBatch extends CsvDialect {
  records: CsvRecord[]
}

/** How a table's first line is understood. */
export interface TableStart extends CsvDialect {
  /** Columns, by position, into which a line end never belongs. */
  required: readonly number[]
  /** Whether the line is a row already, in a file without a header. */
  isRow: boolean
}

export interface RecordOptions extends TextOptions {
  /** Lines before the first one of the table. */
  skipLines?: number
}

/**
 * A CSV file's records in batches, in file order and constant memory, whatever dialect a spreadsheet or a meter wrote: comma,
 * semicolon, tab or bar; quotes, also around line ends; any line ending and byte order mark. Blank lines are no records.
 * @throws UsageError where it cannot be read, or has no header with the required columns (in lower case)
 */
export function csvRecords(
  file: string,
  required: readonly string[],
  options: RecordOptions = {},
): AsyncGenerator<CsvBatch, void, undefined> {
  const start = (line: string) => {
    const dialect = detectDialect(line, required, file)
    return { ...dialect, required: required.map((name) => dialect.columns.indexOf(name)), isRow: false }
  }
  return tableRecords(file, start, options)
}

/** As csvRecords, of a table whose first line the caller understands. */
export async function* tableRecords(
  file: string,
  start: (firstLine: string) => TableStart,
  { skipLines = 0, ...text }: RecordOptions = {},
): AsyncGenerator<CsvBatch, void, undefined> {
  let dialect: TableStart | null = null
  let lineNumber = 0
  let held: string[] = []
  let records: CsvRecord[] = []
  const take = (line: string, firstLine: number, { delimiter }: CsvDialect) => {
    if (line.trim() !== '') records.push({ lineNumber: firstLine, cells: splitCells(line, delimiter) })
  }
  const takeHeld = (within: CsvDialect) => {
    held.forEach((line, index) => take(line, lineNumber - held.length + 1 + index, within))
    held = []
  }

  for await (const lines of textLines(file, text)) {
    for (const line of lines) {
      lineNumber++
      if (!dialect) {
        if (lineNumber <= skipLines || isPreamble(line)) continue
        dialect = start(line)
        if (!dialect.isRow) continue
      }
      if (held.length === 0 && !line.includes('"')) {
        take(line, lineNumber, dialect)
        continue
      }
      held.push(line)
      const joined = held.join('\n')
      if (endsInsideQuotes(joined, dialect.delimiter)) {
        if (held.length > LONGEST_QUOTE_LINES) takeHeld(dialect)
        continue
      }
      const cells = splitCells(joined, dialect.delimiter)
      // Where the quotes swallow a cell that is needed they were stray ones, and the lines are rows of their own.
      if (dialect.required.some((column) => cells[column]?.includes('\n'))) takeHeld(dialect)
      else {
        records.push({ lineNumber: lineNumber - held.length + 1, cells })
        held = []
      }
    }
    if (dialect) yield { delimiter: dialect.delimiter, columns: dialect.columns, records }
    records = []
  }
  if (!dialect) throw new UsageError(`${file} is empty.`)
  takeHeld(dialect)
  yield { delimiter: dialect.delimiter, columns: dialect.columns, records }
}
