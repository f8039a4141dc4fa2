import type { ImportMapping, ImportPreview } from '@/lib/contracts/import'
import { detectDecimalSign, type DecimalSign } from '@/lib/ingest/read-decimal'
import type { DateOrder } from '@/lib/ingest/rewrite-date'
import { UsageError } from '@/lib/infra/usage-error'
import { findClockColumn, isDay, joinTime } from './clock-column'
import { FileTime } from './file-time'
import { RowReader, type SourceRow } from './row-reader'
import type { RowSource } from './row-source'
import type { TableFormat } from './table-format'
import { unitOf } from './column-roles'
import { isEnergySensor, isPowerSensor, readSensor, timeOffsetOf } from './home-assistant'

const SAMPLE_ROWS = 2_000
const SHOWN_ROWS = 20
const SENSOR_COLUMNS = /^(entity_id|statistic_id|metadata_id)$/i
const BUILDING_SENSOR = /house|home|haus|building|grid|mains?(_|$)|total|gesamt|netz|bezug/i
const OTHER_SENSOR = /solar|pv|battery|batterie|return|export|einspeisung|price|cost|preis|kosten/i
const YEAR_LAST = /^\s*(\d{1,2})([/-])(\d{1,2})\2\d{4}/

/** A file with how it is read. */
export interface ImportPlan {
  source: RowSource
  mapping: ImportMapping
  decimalSign: DecimalSign
  /** What is added to the times of the file. */
  timeOffsetSeconds: number
  notes: string[]
  sample: SourceRow[]
}

/**
 * Guesses how a file's columns are to be read, or takes what a person says of it.
 * @param building zone of times without one
 * @param said what is said; the rest is guessed
 * @throws UsageError naming what cannot be
 */
export async function planImport(
  source: RowSource,
  building: { timeZone: string },
  said: Partial<ImportMapping> = {},
): Promise<ImportPlan> {
  const { format } = source
  const sample = await firstRows(source)
  if (sample.length === 0) throw new UsageError(`${source.name} has a header and no rows.`)
  const notes = [...format.notes]
  const columnCells = (name: string | null) => {
    const at = name === null ? -1 : format.columns.indexOf(name)
    return at < 0 ? [] : sample.map(({ cells }) => String(cells[at] ?? ''))
  }
  const sensor = said.sensor !== undefined ? said.sensor : chooseSensor(source, sample, notes)
  const sensorAt = sensorColumn(source)
  const ownRows = sensor === null || sensorAt < 0 ? sample : sample.filter(({ cells }) => cells[sensorAt] === sensor)
  const unit = unitCell(source, ownRows)
  const reading = readSensor(format, sensor ?? '', unit, ownRows)
  if (reading) notes.push(reading.note)
  const quantities = reading ? [reading.column] : format.quantities
  const mapping: ImportMapping = {
    timeColumn: format.timeColumn,
    clockColumn: undefined,
    columns: quantities.map((column) => ({
      ...column,
      unit: column.unit ?? (unit === null ? null : unitOf(`[${unit}]`, column.quantity)),
    })),
    timeZone: format.timeZone ?? building.timeZone,
    dateOrder: 'dotted',
    decimal: null,
    hold: reading?.hold ?? format.hold,
    mains: format.mains,
    sensor,
    ...withoutUndefined(said),
  }
  if (mapping.clockColumn === undefined) joinClockColumn(mapping, format.columns, columnCells, notes)
  const times = timesOf(mapping, columnCells)
  if (said.dateOrder === undefined) mapping.dateOrder = guessDateOrder(times, notes)
  warnOfEqualTimes(mapping, times, notes)
  const numbers = mapping.columns
    .filter(({ quantity }) => quantity !== 'deviceState')
    .flatMap(({ column }) => columnCells(column))
  const decimalSign = mapping.decimal ?? detectDecimalSign(numbers, format.delimiter)
  if (decimalSign === 'comma' && mapping.decimal === null) notes.push('Numbers are written with a decimal comma.')
  if (hasLocalTimes(times) || format.day !== null) {
    notes.push(`Times without a zone are read as ${mapping.timeZone}.`)
  }
  return { source, mapping, decimalSign, timeOffsetSeconds: timeOffsetOf(format, mapping.columns, ownRows), notes, sample }
}

/** A reader of the file from its first row on; each reading of the file needs its own. @throws UsageError */
export function openReader({ source, mapping, decimalSign, timeOffsetSeconds }: ImportPlan, nowSeconds = Date.now() / 1000): RowReader {
  const { format } = source
  let firstRowSeconds: number | null = null
  try {
    if (format.day !== null && mapping.timeColumn === null) {
      const midnight = new FileTime(mapping.timeZone, 'dotted', nowSeconds).read(`${format.day} 00:00:00`)
      if (!midnight.ok) throw new UsageError(`The day ${format.day} in the name of ${source.name}: ${midnight.reason}`)
      firstRowSeconds = midnight.seconds
    }
    return new RowReader({
      columns: format.columns,
      mapping,
      decimalSign,
      nowSeconds,
      missing: format.format === 'eco' ? -1 : null,
      firstRowSeconds,
      timeOffsetSeconds,
      sensorColumn: mapping.sensor === null ? -1 : sensorColumn(source),
    })
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message) : error
  }
}

/** What a person sees before anything is stored. @throws UsageError */
export function previewOf(plan: ImportPlan): ImportPreview {
  const { source, mapping, notes, sample } = plan
  const reader = openReader(plan)
  const rows = sample.slice(0, SHOWN_ROWS).map((row): ImportPreview['rows'][number] => {
    const problem = reader.read(row)
    const numbers = [...reader.row]
    const values = reader.quantities.flatMap((quantity, index) => {
      const value = numbers[index + 1]!
      if (Number.isNaN(value)) return []
      return [[quantity, quantity === 'deviceState' ? (reader.devices[value] ?? '') : value]]
    })
    const cells = row.cells.slice(0, 60).map((cell) => String(cell).slice(0, 200))
    return {
      line: row.line,
      cells,
      timestamp: problem === null ? numbers[0]! : null,
      values: problem === null ? Object.fromEntries(values) : {},
      problem,
    }
  })
  return {
    format: source.format.format,
    container: source.container,
    columns: source.format.columns.slice(0, 200),
    mapping,
    notes,
    rows,
  }
}

async function firstRows(source: RowSource): Promise<SourceRow[]> {
  const sample: SourceRow[] = []
  for await (const rows of source.rows()) {
    sample.push(...rows.slice(0, SAMPLE_ROWS - sample.length))
    if (sample.length >= SAMPLE_ROWS) break
  }
  return sample
}

const sensorColumnOf = ({ columns }: TableFormat) => columns.findIndex((name) => SENSOR_COLUMNS.test(name.trim()))
const sensorColumn = ({ format }: RowSource) => sensorColumnOf(format)

/** Of several sensors in one file, one that sounds like power. */
function chooseSensor(source: RowSource, sample: readonly SourceRow[], notes: string[]): string | null {
  const at = sensorColumn(source)
  if (at < 0) return null
  const sensors = [...new Set(sample.map(({ cells }) => String(cells[at] ?? '')))].filter((name) => name !== '')
  const ranks = [isPowerSensor, isEnergySensor].flatMap((isKind) => [
    (name: string) => isKind(name) && BUILDING_SENSOR.test(name),
    (name: string) => isKind(name) && !OTHER_SENSOR.test(name),
  ])
  const chosen = ranks.map((fits) => sensors.find(fits)).find((found) => found !== undefined) ?? sensors[0] ?? null
  if (sensors.length > 1)
    notes.push(`The file holds ${sensors.slice(0, 10).join(', ')}; ${chosen} is read (another one: --sensor NAME).`)
  return chosen
}

/** Completes days with the time of day that another column holds; a column that a quantity is read from is none of time. */
function joinClockColumn(
  mapping: ImportMapping,
  columns: readonly string[],
  cellsOf: (column: string) => readonly string[],
  notes: string[],
): void {
  const { timeColumn } = mapping
  mapping.clockColumn = null
  if (timeColumn === null) return
  const taken = new Set([timeColumn, ...mapping.columns.map(({ column }) => column)])
  const found = findClockColumn(timeColumn, columns.filter((name) => !taken.has(name)), cellsOf)
  if (!found) return
  Object.assign(mapping, found)
  notes.push(`The time of a row is the day in ${found.timeColumn} and the time of day in ${found.clockColumn}.`)
}

function timesOf({ timeColumn, clockColumn }: ImportMapping, cellsOf: (column: string | null) => readonly string[]): readonly string[] {
  const times = cellsOf(timeColumn)
  if (!clockColumn) return times
  const clocks = cellsOf(clockColumn)
  return times.map((time, index) => joinTime(time, clocks[index] ?? ''))
}

/** Rows that all have one time are kept as one row, so this has to be seen before. */
function warnOfEqualTimes({ timeColumn, columns }: ImportMapping, times: readonly string[], notes: string[]): void {
  const filled = times.map((time) => time.trim()).filter((time) => time !== '')
  if (filled.length < 2 || columns.some(({ quantity }) => quantity === 'deviceState')) return
  const different = new Set(filled)
  const areDays = filled.every(isDay)
  if (different.size > 1 && !(areDays && different.size < filled.length)) return
  const rows = filled.length.toLocaleString('en')
  const what = areDays
    ? `${timeColumn} holds days without a time of day, the same one in several rows`
    : `The first ${rows} rows all have the same time, ${filled[0]!.slice(0, 40)}`
  notes.push(`Careful: ${what}, and of rows with the same time only one is kept. Choose the column of the time of day as well.`)
}

/** What a column `unit` says of the sensor's rows. */
function unitCell({ format }: RowSource, ownRows: readonly SourceRow[]): string | null {
  const at = format.columns.findIndex((name) => /^unit/i.test(name.trim()))
  return (at >= 0 && sensorColumnOf(format) >= 0 && String(ownRows[0]?.cells[at] ?? '').trim()) || null
}

/** A first part above 12 is a day, a second one a month is not. */
function guessDateOrder(times: readonly string[], notes: string[]): DateOrder {
  const dates = times.map((text) => YEAR_LAST.exec(text)).filter((match) => match !== null)
  if (dates.length === 0) return 'dotted'
  if (dates.some(([, first]) => Number(first) > 12)) {
    notes.push('Dates are read with the day first: no month is above 12.')
    return 'day-first'
  }
  if (dates.some(([, , , second]) => Number(second) > 12)) {
    notes.push('Dates are read with the month first: no month is above 12.')
    return 'month-first'
  }
  // Of days that run on, what changes is the day.
  const firsts = new Set(dates.map(([, first]) => first))
  const seconds = new Set(dates.map(([, , , second]) => second))
  if (firsts.size === seconds.size) return 'dotted'
  const order = firsts.size > seconds.size ? 'day-first' : 'month-first'
  notes.push(`Dates are read with the ${order === 'day-first' ? 'day' : 'month'} first: that part changes from day to day.`)
  return order
}

const hasLocalTimes = (times: readonly string[]) =>
  times.some((text) => /\d[:.-]\d/.test(text) && !/^[\d.,]+$/.test(text.trim()) && !/(?:z|utc|[+-]\d{2}:?\d{2})\s*$/i.test(text))

function withoutUndefined<T extends object>(given: T): Partial<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<T>
}
