import {
  QUANTITIES, QUANTITY_NAMES, ROW_PROBLEMS, type ImportMapping, type Quantity, type RowProblem,
} from '@/lib/contracts/import'
import { UsageError } from '@/lib/infra/usage-error'
import { hasTwoReadings, readDecimal, type DecimalSign } from '@/lib/ingest/read-decimal'
import { needsDateOrder } from '@/lib/ingest/rewrite-date'
import { joinTime } from './clock-column'
import { FileTime } from './file-time'

/** A cell as a file's reader hands it over. */
export type Cell = string | number

export interface SourceRow {
  /** From 1; the header's line is one of them. */
  line: number
  cells: readonly Cell[]
}

const NO_VALUE = /^(?:nan|null|none|n\/?a|-+|unknown|unavailable|inf(?:inity)?|-inf(?:inity)?)?$/i
const PLAIN = /^-?\d+(?:\.\d+)?$/
/** A clock may be ahead of ours by so much. */
const AHEAD_SECONDS = 300
const MOST_DEVICES = 10_000
const LONGEST_DEVICE = 200

export interface ReaderSetup {
  columns: readonly string[]
  mapping: ImportMapping
  decimalSign: DecimalSign
  nowSeconds: number
  /** What stands for no value beside the usual, as ECO's -1. */
  missing: number | null
  /** Unix seconds of the first row, in a file of a row a second without times. */
  firstRowSeconds: number | null
  /** What is added to the times of the file. */
  timeOffsetSeconds: number
  sensorColumn: number
}

/**
 * Turns a file's rows into numbers: Unix seconds, a value for each of `quantities` (NaN: none) in the stored unit where the
 * column
 * says its own, and 2 x line, plus 1 where something was left out.
 */
export class RowReader {
  /** What the file holds, without doubles. */
  readonly quantities: Quantity[]
  readonly fields: number
  readonly row: Float64Array
  /** Names of the devices that the column of devices counts. */
  readonly devices: string[] = []
  private readonly deviceIds = new Map<string, number>()
  private readonly sources: { at: number; quantity: Quantity; column: number; factor: number }[]
  private readonly timeColumn: number
  private readonly clockColumn: number
  private readonly time: FileTime
  private rowsRead = 0

  /** @throws UsageError naming a column that is not there */
  constructor(private readonly setup: ReaderSetup) {
    const { columns, mapping } = setup
    const place = (name: string) => {
      const at = columns.findIndex((column) => column.toLowerCase().trim() === name.toLowerCase().trim())
      if (at < 0) throw new UsageError(`There is no column ${name}; there are ${columns.join(', ').slice(0, 300)}.`)
      return at
    }
    this.quantities = QUANTITY_NAMES.filter((quantity) => mapping.columns.some((column) => column.quantity === quantity))
    this.fields = this.quantities.length + 2
    this.row = new Float64Array(this.fields)
    this.sources = mapping.columns.map(({ column, quantity, unit }) => ({
      at: 1 + this.quantities.indexOf(quantity),
      quantity,
      column: place(column),
      factor: factorOf(quantity, unit),
    }))
    this.timeColumn = mapping.timeColumn === null ? -1 : place(mapping.timeColumn)
    this.clockColumn = this.timeColumn < 0 || !mapping.clockColumn ? -1 : place(mapping.clockColumn)
    this.time = new FileTime(mapping.timeZone, mapping.dateOrder, setup.nowSeconds)
  }

  /** Reads a row into `row`. @returns why it cannot be used; null for a good one */
  read({ line, cells }: SourceRow): RowProblem | null {
    const { setup } = this
    const index = this.rowsRead++
    if (cells.length > setup.columns.length && cells.slice(setup.columns.length).some((cell) => String(cell).trim() !== '')) {
      return ROW_PROBLEMS.cells
    }
    if (setup.sensorColumn >= 0 && setup.mapping.sensor !== null && cells[setup.sensorColumn] !== setup.mapping.sensor) {
      return ROW_PROBLEMS.sensor
    }
    const problem = this.readTime(cells, index)
    return problem ?? this.readValues(cells, line)
  }

  private readTime(cells: readonly Cell[], index: number): RowProblem | null {
    const { nowSeconds, firstRowSeconds } = this.setup
    if (firstRowSeconds !== null) {
      this.row[0] = firstRowSeconds + index
      return null
    }
    const own = cells[this.timeColumn] ?? ''
    const cell = this.clockColumn < 0 ? own : joinTime(own, cells[this.clockColumn] ?? '')
    const time = this.time.read(cell)
    if (!time.ok) return timeProblem(String(cell), time.reason)
    if (time.seconds > nowSeconds + AHEAD_SECONDS) return ROW_PROBLEMS.future
    this.row[0] = time.seconds + this.setup.timeOffsetSeconds
    return null
  }

  private readValues(cells: readonly Cell[], line: number): RowProblem | null {
    const { row } = this
    row.fill(Number.NaN, 1)
    let leftOut = 0
    let found = false
    for (const { at, quantity, column, factor } of this.sources) {
      if (!Number.isNaN(row[at]!)) continue
      const cell = cells[column] ?? ''
      if (quantity === 'deviceState') {
        const id = this.deviceId(String(cell).trim())
        if (id === null) return ROW_PROBLEMS.devices
        row[at] = id
        continue
      }
      const value = this.readNumber(cell)
      if (value === null) continue
      if (!Number.isNaN(value)) {
        row[at] = factor === 1 ? value : tidy(value * factor)
        found ||= quantity !== 'cluster'
      } else if (quantity === 'power' || quantity === 'energy' || quantity === 'energyTotal') {
        return hasTwoReadings(String(cell)) ? ROW_PROBLEMS.decimal : ROW_PROBLEMS.power
      } else leftOut = 1
    }
    if (!found) return ROW_PROBLEMS.empty
    row[this.fields - 1] = 2 * line + leftOut
    return null
  }

  /** @returns null for no value, NaN for no number */
  private readNumber(cell: Cell): number | null {
    const { missing, decimalSign } = this.setup
    let value: number
    if (typeof cell === 'number') value = cell
    else {
      const text = cell.trim()
      if (PLAIN.test(text) && decimalSign !== 'comma') value = Number(text)
      else if (NO_VALUE.test(text)) return null
      else value = readDecimal(text, decimalSign)
    }
    if (value === missing || value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) return null
    return typeof cell === 'number' && Number.isNaN(value) ? null : value
  }

  private deviceId(text: string): number | null {
    const name = text.slice(0, LONGEST_DEVICE).replaceAll('\0', '')
    let id = this.deviceIds.get(name)
    if (id === undefined) {
      if (this.devices.length >= MOST_DEVICES) return null
      id = this.devices.push(name) - 1
      this.deviceIds.set(name, id)
    }
    return id
  }
}

function timeProblem(text: string, reason: string): RowProblem {
  if (text.trim() === '') return ROW_PROBLEMS.noTime
  if (needsDateOrder(text)) return ROW_PROBLEMS.dateOrder
  if (reason.includes('skipped')) return ROW_PROBLEMS.skippedTime
  if (reason.includes('before the year')) return ROW_PROBLEMS.early
  return reason.includes('ahead') ? ROW_PROBLEMS.future : ROW_PROBLEMS.time
}

/** @throws UsageError naming the units there are */
export function factorOf(quantity: Quantity, unit: string | null): number {
  if (unit === null) return 1
  const units: Record<string, number> = QUANTITIES[quantity].units
  const factor = units[unit]
  if (factor === undefined) throw new UsageError(`${unit} is no unit of ${quantity}; there are ${Object.keys(units).join(', ')}.`)
  return factor
}

/** To a millionth, so that 0.1234 kW is 123.4 W. */
const tidy = (value: number) => Math.round(value * 1e6) / 1e6
