import { MAX_POWER_WATTS } from '@/lib/contracts/sample'
import type { CsvBatch, CsvRecord } from '@/lib/ingest/csv-records'
import { detectDecimalSign, hasTwoReadings, readDecimal, type DecimalSign } from '@/lib/ingest/read-decimal'
import { readTimestamp, type TimestampRules } from '@/lib/ingest/read-timestamp'
import { needsDateOrder } from '@/lib/ingest/rewrite-date'
import { recordsOf, type TableColumns } from './table-columns'
import { timeRules, WATTS_PER_UNIT, type TableOptions } from './table-options'

export interface InputRow {
  /** Position in the file, from 0. */
  index: number
  /** From 1, the header included. */
  lineNumber: number
  timestampText: string
  powerText: string
  /** Unix seconds and watts; NaN where the cell is none. */
  timestampSeconds: number
  powerWatts: number
  /** Why the row cannot be used; null for a good one. */
  problem: RowProblem | null
}

export const ROW_PROBLEMS = {
  time: 'time unreadable',
  dateOrder: 'day and month in an unknown order (pass --date-order day-first or month-first)',
  power: 'power not a number',
  decimal: 'power that could mean thousands or decimals (pass --decimal point or comma)',
  range: 'power beyond 10 MW',
  cells: 'wrong number of cells',
  repeatedTime: 'time that earlier rows passed through already (a clock set back; local times need --time-zone)',
  estimate: 'too short a time to estimate',
} as const
export type RowProblem = (typeof ROW_PROBLEMS)[keyof typeof ROW_PROBLEMS]

/** What a table's cells are read with. */
interface Layout {
  timestampColumn: number
  /** Added up. */
  powerColumns: readonly number[]
  columnCount: number
  nowSeconds: number
  decimalSign: DecimalSign
  times: TimestampRules
  wattsPerUnit: number
}

/** A table's rows in batches, in file order; blank lines are no rows. @throws UsageError where the file is none */
export async function* inputRows(file: string, table: TableColumns, options: TableOptions): AsyncGenerator<InputRow[]> {
  let layout: Layout | null = null
  let index = 0
  for await (const batch of recordsOf(file, table)) {
    if (batch.records.length === 0) continue
    const fixed = (layout ??= layoutOf(batch, table, options))
    yield batch.records.map((record) => parseRow(record, fixed, index++))
  }
}

/** The first rows decide what the decimal sign is. */
function layoutOf({ columns, delimiter, records }: CsvBatch, { time, powers, unit }: TableColumns, options: TableOptions): Layout {
  const powerColumns = powers.map((name) => columns.indexOf(name))
  const powerCells = records.flatMap(({ cells }) => powerColumns.map((at) => cells[at] ?? ''))
  return {
    timestampColumn: columns.indexOf(time),
    powerColumns,
    columnCount: columns.length,
    nowSeconds: Date.now() / 1000,
    decimalSign: options.decimal ?? detectDecimalSign(powerCells, delimiter),
    times: timeRules(options),
    wattsPerUnit: WATTS_PER_UNIT[unit ?? 'W'],
  }
}

function parseRow({ cells, lineNumber }: CsvRecord, layout: Layout, index: number): InputRow {
  const timestampText = cells[layout.timestampColumn]?.trim() ?? ''
  const powerTexts = layout.powerColumns.map((at) => cells[at]?.trim() ?? '')
  const time = readTimestamp(timestampText, layout.nowSeconds, layout.times)
  const timestampSeconds = time.ok ? time.seconds : Number.NaN
  const power = powerTexts.reduce((sum, text) => sum + readDecimal(text, layout.decimalSign), 0)
  const isSum = powerTexts.length > 1
  const powerWatts = isSum ? toMicrowatts(power * layout.wattsPerUnit) : inWatts(power, layout.wattsPerUnit)
  // A sum whose parts cannot all be read is none.
  const powerText = !isSum ? powerTexts[0]! : Number.isNaN(powerWatts) ? powerTexts.join(' + ') : String(powerWatts)
  let problem: RowProblem | null = null
  if (cells.length > layout.columnCount && cells.slice(layout.columnCount).some((cell) => cell.trim() !== '')) {
    problem = ROW_PROBLEMS.cells
  } else if (!time.ok) problem = needsDateOrder(timestampText) ? ROW_PROBLEMS.dateOrder : ROW_PROBLEMS.time
  else if (!Number.isFinite(powerWatts)) problem = powerTexts.some(hasTwoReadings) ? ROW_PROBLEMS.decimal : ROW_PROBLEMS.power
  else if (Math.abs(powerWatts) > MAX_POWER_WATTS) problem = ROW_PROBLEMS.range
  return { index, lineNumber, timestampText, powerText, timestampSeconds, powerWatts, problem }
}

/** To a microwatt, so that 0.1234 kW is 123.4 W. */
const toMicrowatts = (watts: number) => Math.round(watts * 1e6) / 1e6
const inWatts = (power: number, wattsPerUnit: number) => (wattsPerUnit === 1 ? power : toMicrowatts(power * wattsPerUnit))
