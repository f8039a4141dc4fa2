import { UsageError } from '@/lib/infra/usage-error'

/** How a file's lines are cut, and what their columns are called. */
export interface CsvDialect {
  delimiter: string
  /** In lower case. */
  columns: readonly string[]
}

/** A file's header lacks columns that are needed. */
export class MissingColumnsError extends UsageError {
  override name = 'MissingColumnsError'

  /** @param columns what the header has, in lower case */
  constructor(
    message: string,
    readonly columns: readonly string[],
  ) {
    super(message)
  }
}

const DELIMITERS = [',', ';', '\t', '|']

/** Whether a line says nothing about the table: blank, or the separator note that spreadsheets write. */
export function isPreamble(line: string): boolean {
  return line.trim() === '' || /^sep=.$/i.test(line.trim())
}

/** Recognises the delimiter by the header. @throws UsageError where the required columns are not there, or one is there twice */
export function detectDialect(headerLine: string, required: readonly string[], file: string): CsvDialect {
  const candidates = DELIMITERS.map((delimiter) => ({
    delimiter,
    columns: splitCells(headerLine, delimiter).map((cell) => cell.trim().toLowerCase()),
  }))
  const found = candidates.find(({ columns }) => required.every((name) => columns.includes(name)))
  if (!found) {
    const shown = headerLine.length > 120 ? `${headerLine.slice(0, 120)}...` : headerLine
    const widest = candidates.reduce((best, candidate) => (candidate.columns.length > best.columns.length ? candidate : best))
    throw new MissingColumnsError(
      `${file} needs a header with the columns ${required.join(' and ')}; its first line is: ${shown}`,
      widest.columns,
    )
  }
  const twice = required.find((name) => found.columns.indexOf(name) !== found.columns.lastIndexOf(name))
  if (twice) throw new UsageError(`${file} has more than one column called ${twice}; rename or remove the others.`)
  return found
}

/** Cells of one line, quotes removed; a doubled quote inside quotes stands for one. A quote within a cell is a character. */
export function splitCells(line: string, delimiter: string): string[] {
  return line.includes('"') ? scanCells(line, delimiter).cells : line.split(delimiter)
}

/** Whether a quoted cell goes on in the next line. */
export function endsInsideQuotes(line: string, delimiter: string): boolean {
  return scanCells(line, delimiter).quoted
}

function scanCells(line: string, delimiter: string): { cells: string[]; quoted: boolean } {
  const cells: string[] = []
  let cell = ''
  let quoted = false
  for (let i = 0; i < line.length; i++) {
    const character = line[i]!
    if (quoted) {
      if (character !== '"') cell += character
      else if (line[i + 1] === '"') cell += line[++i]!
      else quoted = false
    } else if (character === '"' && cell.trim() === '') {
      quoted = true
      cell = ''
    } else if (character === delimiter) {
      cells.push(cell)
      cell = ''
    } else cell += character
  }
  cells.push(cell)
  return { cells, quoted }
}

/** A cell as it must be written where commas separate cells. */
export function quoteCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The same in a file that people open in a spreadsheet: a text that it would take for a formula is kept from being one. */
export function spreadsheetCell(text: string): string {
  const isFormula = /^[=+\-@\t\r\n]/.test(text) && Number.isNaN(Number(text))
  return quoteCell(isFormula ? `'${text}` : text)
}
