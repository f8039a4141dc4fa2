import { UsageError } from '@/lib/infra/usage-error'
import { detectDialect, endsInsideQuotes, isPreamble, splitCells, type CsvDialect } from '@/lib/ingest/csv-dialect'
import { textLines } from '@/lib/ingest/text-lines'

/** A quote that is not closed within this many lines was none. */
const LONGEST_QUOTE_LINES = 50

export interface CsvRecord {
  /** From 1; of a record over several lines the first one. */
  lineNumber: number
  cells: string[]
}

export interface CsvBatch {
  /** Names of the columns, in lower case. */
  columns: readonly string[]
  records: CsvRecord[]
}

/**
 * A CSV file's records in batches, in file order and constant memory, whatever dialect a spreadsheet or a meter wrote: comma,
 * semicolon, tab or bar; quotes, also around line ends; any line ending and byte order mark. Blank lines are no records.
 * @throws UsageError where it cannot be read, or has no header with the required columns (in lower case)
 */
export async function* csvRecords(file: string, required: readonly string[]): AsyncGenerator<CsvBatch, void, undefined> {
  let dialect: CsvDialect | null = null
  let lineNumber = 0
  let held: string[] = []
  let records: CsvRecord[] = []
  const take = (text: string, firstLine: number, { delimiter }: CsvDialect) => {
    if (text.trim() !== '') records.push({ lineNumber: firstLine, cells: splitCells(text, delimiter) })
  }
  const takeEach = (lines: readonly string[], within: CsvDialect) =>
    lines.forEach((line, index) => take(line, lineNumber - lines.length + 1 + index, within))

  for await (const lines of textLines(file)) {
    for (const line of lines) {
      lineNumber++
      if (!dialect) {
        if (!isPreamble(line)) dialect = detectDialect(line, required, file)
        continue
      }
      if (held.length === 0 && !line.includes('"')) {
        take(line, lineNumber, dialect)
        continue
      }
      held.push(line)
      const joined = held.join('\n')
      if (!endsInsideQuotes(joined)) {
        take(joined, lineNumber - held.length + 1, dialect)
        held = []
      } else if (held.length > LONGEST_QUOTE_LINES) {
        takeEach(held, dialect)
        held = []
      }
    }
    if (dialect) yield { columns: dialect.columns, records }
    records = []
  }
  if (!dialect) throw new UsageError(`${file} is empty.`)
  takeEach(held, dialect)
  yield { columns: dialect.columns, records }
}
