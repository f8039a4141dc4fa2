import { UsageError } from '@/lib/infra/usage-error'

/** How a file's lines are cut, and what their columns are called. */
export interface CsvDialect {
  delimiter: string
  /** In lower case. */
  columns: readonly string[]
}

const DELIMITERS = [',', ';', '\t', '|']

/** Whether a line says nothing about the table: blank, or the separator note that spreadsheets write. */
export function isPreamble(line: string): boolean {
  return line.trim() === '' || /^sep=.$/i.test(line.trim())
}

/** Recognises the delimiter by the header. @throws UsageError where the required columns are not there */
export function detectDialect(headerLine: string, required: readonly string[], file: string): CsvDialect {
  for (const delimiter of DELIMITERS) {
    const columns = splitCells(headerLine, delimiter).map((cell) => cell.trim().toLowerCase())
    if (required.every((name) => columns.includes(name))) return { delimiter, columns }
  }
  const shown = headerLine.length > 120 ? `${headerLine.slice(0, 120)}...` : headerLine
  throw new UsageError(`${file} needs a header with the columns ${required.join(' and ')}; its first line is: ${shown}`)
}

/** Cells of one line, quotes removed; a doubled quote inside quotes stands for one. */
export function splitCells(line: string, delimiter: string): string[] {
  if (!line.includes('"')) return line.split(delimiter)
  const cells: string[] = []
  let cell = ''
  let quoted = false
  for (let i = 0; i < line.length; i++) {
    const character = line[i]!
    if (quoted) {
      if (character !== '"') cell += character
      else if (line[i + 1] === '"') cell += line[++i]!
      else quoted = false
    } else if (character === '"') quoted = true
    else if (character === delimiter) {
      cells.push(cell)
      cell = ''
    } else cell += character
  }
  cells.push(cell)
  return cells
}

/** Whether a quoted cell goes on in the next line. */
export function endsInsideQuotes(line: string): boolean {
  let quotes = 0
  for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) quotes++
  return quotes % 2 === 1
}

/** A cell as it must be written where commas separate cells. */
export function quoteCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
