import { csvRecords, tableRecords, type CsvBatch } from '@/lib/ingest/csv-records'
import { isPreamble, MissingColumnsError, splitCells } from '@/lib/ingest/csv-dialect'
import { readDecimal } from '@/lib/ingest/read-decimal'
import { LIVE_TIMES, readTimestamp } from '@/lib/ingest/read-timestamp'
import { textLines } from '@/lib/ingest/text-lines'
import { UsageError } from '@/lib/infra/usage-error'
import { advice, isPowerOfAll, isTimeName, namedUnit, phasesOf } from './column-names'
import { DEFAULT_TABLE_OPTIONS, type PowerUnit, type TableOptions } from './table-options'

/** Which of a table's columns are read, and how. */
export interface TableColumns {
  time: string
  /** Added up: one, or one for each phase. */
  powers: readonly string[]
  unit: PowerUnit | null
  /** Of a table without a header: how its lines are cut, and what its columns stand for. */
  headerless: { delimiter: string; columns: readonly string[] } | null
  /** Comments and blank lines before the header, or before the first row without one. */
  skipLines: number
  /** What was assumed, a sentence each. */
  notes: string[]
}

type FoundColumns = Omit<TableColumns, 'unit' | 'skipLines'>

const DELIMITERS = [',', ';', '\t', '|']
const HEADLESS_LINES = 20
/** A line of `#` and a delimiter is a header whose first column numbers the rows. */
const COMMENT = /^\s*#(?!\s*[,;\t|])/
const HIGHEST_WATTS = 1e7
/** A time of today in seconds would be a power of a thousand megawatts. */
const HEADLESS_TIMES = { ...LIVE_TIMES, zoneless: 'utc', dateOrder: 'dotted' } as const

/**
 * Finds the columns by the first lines, and reads to the first row.
 * @throws UsageError where the file is no table, a column is missing or its name speaks of another quantity or an unclear unit
 */
export async function findColumns(file: string, options: TableOptions): Promise<TableColumns> {
  const { head, skipLines, comments } = await openingOf(file, options)
  const found = asSaid(head[0] ?? '', options) ?? inferred(head, options)
  const columns = { ...found, unit: unitOf(found, options), skipLines }
  if (comments > 0) columns.notes.unshift(`Lines that begin with # before the table (${comments}) are skipped as comments.`)
  if (columns.unit !== options.unit)
    columns.notes.push(`By its name ${columns.powers.join(' + ')} is in ${columns.unit} (--unit says otherwise).`)
  try {
    for await (const { records } of recordsOf(file, columns)) if (records.length > 0) return columns
  } catch (error) {
    if (error instanceof MissingColumnsError) throw new UsageError(`${error.message}. ${advice(error.columns)}`)
    throw error
  }
  throw new UsageError(`${file} has a header and no rows.`)
}

/** The rows of a table of these columns. */
export function recordsOf(file: string, { time, powers, headerless, skipLines }: TableColumns): AsyncGenerator<CsvBatch> {
  if (!headerless) return csvRecords(file, [time, ...powers], { skipLines })
  const { columns } = headerless
  const start = { ...headerless, required: [time, ...powers].map((name) => columns.indexOf(name)), isRow: true }
  return tableRecords(file, () => start, { skipLines })
}

/** The columns that were said, or those of the usual names; a sum where there is no column of that whole name. */
function asSaid(header: string, { timeColumn, powerColumn }: TableOptions): FoundColumns | null {
  const parts = powerColumn.split('+').map((name) => name.trim())
  for (const names of cellsByDelimiter(header)) {
    if (!names.includes(timeColumn)) continue
    if (names.includes(powerColumn)) return { time: timeColumn, powers: [powerColumn], headerless: null, notes: [] }
    if (parts.length > 1 && parts.every((name) => names.includes(name)))
      return { time: timeColumn, powers: parts, headerless: null, notes: [] }
  }
  return null
}

function inferred(head: readonly string[], options: TableOptions): FoundColumns {
  const { timeColumn, powerColumn } = options
  const asGiven = { time: timeColumn, powers: [powerColumn], headerless: null, notes: [] }
  const { timeColumn: usualTime, powerColumn: usualPower } = DEFAULT_TABLE_OPTIONS
  // Who says a name means that one.
  if (timeColumn !== usualTime || powerColumn !== usualPower) return asGiven
  const headless = withoutHeader(head)
  if (headless) return headless
  for (const names of cellsByDelimiter(head[0] ?? '')) {
    const times = names.includes(usualTime) ? [usualTime] : names.filter(isTimeName)
    const powers = names.includes(usualPower) ? [usualPower] : powersOf(names)
    const time = times.length === 1 ? times[0]! : null
    if (time === null || powers.length === 0 || new Set([time, ...powers]).size !== powers.length + 1) continue
    const what = powers.length > 1 ? `the sum of the phases ${powers.join(', ')}` : powers[0]
    const note = `Read as the time and the building's power: ${time} and ${what} (--time-column and --power-column say otherwise).`
    return { time, powers, headerless: null, notes: [note] }
  }
  return asGiven
}

/** The one column of the building's power, or its phases; none where it is not clear. */
function powersOf(names: readonly string[]): string[] {
  const phases = phasesOf(names)
  const active = names.filter((name) => isPowerOfAll(name, 'active') && !phases.includes(name))
  if (active.length === 1) return active
  if (active.length === 0 && phases.length > 0) return phases
  const apparent = names.filter((name) => isPowerOfAll(name, 'apparent'))
  return active.length === 0 && apparent.length === 1 ? apparent : []
}

/** Two columns, of which in every line one is a time of our days and the other a power. */
function withoutHeader(head: readonly string[]): FoundColumns | null {
  const nowSeconds = Date.now() / 1000
  const isTime = (cell: string) => readTimestamp(cell.trim(), nowSeconds, HEADLESS_TIMES).ok
  const isPower = (cell: string) => Math.abs(readDecimal(cell)) < HIGHEST_WATTS
  const lines = head.slice(0, HEADLESS_LINES)
  for (const delimiter of DELIMITERS) {
    const rows = lines.map((line) => splitCells(line, delimiter))
    if (rows.length === 0 || rows.some((cells) => cells.length !== 2)) continue
    for (const columns of [['timestamp', 'power_total'], ['power_total', 'timestamp']]) {
      const [time, power] = [columns.indexOf('timestamp'), columns.indexOf('power_total')]
      if (!rows.every((cells) => isTime(cells[time]!) && isPower(cells[power]!))) continue
      const note = `It has no header; its ${time === 0 ? 'first' : 'second'} column is read as the time, the other one as the power.`
      return { time: 'timestamp', powers: ['power_total'], headerless: { delimiter, columns }, notes: [note] }
    }
  }
  return null
}

function unitOf({ powers }: Pick<TableColumns, 'powers'>, { unit }: TableOptions): PowerUnit | null {
  const named = powers.map((name) => {
    const found = namedUnit(name)
    if (found === 'energy') throw new UsageError(`${name} holds energy by its name; the models need power.`)
    if (found === 'reactive') throw new UsageError(`${name} holds reactive power by its name; the models need active power.`)
    if (found === 'unclear' && unit === null)
      throw new UsageError(`The name of the column ${name} is not that of watts: pass --unit mW if it holds milliwatts.`)
    return found === 'unclear' || found === 'W' ? null : found
  })
  if (unit !== null) return unit
  if (new Set(named).size > 1) throw new UsageError(`${powers.join(' and ')} are in different units by their names. Write them in one.`)
  return named[0] ?? null
}

const cellsByDelimiter = (line: string) =>
  DELIMITERS.map((delimiter) => splitCells(line, delimiter).map((cell) => cell.trim().toLowerCase()))

/** The first lines of the table itself, and what comes before them. */
async function openingOf(file: string, options: TableOptions): Promise<{ head: string[]; skipLines: number; comments: number }> {
  const head: string[] = []
  let skipLines = 0
  let comments = 0
  for await (const lines of textLines(file)) {
    for (const line of lines) {
      // Who says a name that begins with # means that line.
      const isComment = head.length === 0 && COMMENT.test(line) && !asSaid(line, options)
      if (isComment) comments++
      if (isComment || isPreamble(line)) skipLines += Number(head.length === 0)
      else head.push(line)
    }
    if (head.length > 0) return { head: head.slice(0, HEADLESS_LINES), skipLines, comments }
  }
  throw new UsageError(comments > 0 ? `${file} holds comments and nothing else.` : `${file} is empty.`)
}
