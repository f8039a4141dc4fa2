import { MAX_POWER_WATTS } from '@/lib/contracts/sample'
import { csvRecords, type CsvBatch, type CsvRecord } from '@/lib/ingest/csv-records'
import { detectDecimalSign, hasTwoReadings, readDecimal, type DecimalSign } from '@/lib/ingest/read-decimal'
import { readTimestamp, type TimestampRules } from '@/lib/ingest/read-timestamp'
import { needsDateOrder } from '@/lib/ingest/rewrite-date'
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
  powerColumn: number
  columnCount: number
  nowSeconds: number
  decimalSign: DecimalSign
  times: TimestampRules
  wattsPerUnit: number
}

/** A table's rows in batches, in file order; blank lines are no rows. @throws UsageError where the file is none */
export async function* inputRows(file: string, options: TableOptions): AsyncGenerator<InputRow[]> {
  let layout: Layout | null = null
  let index = 0
  for await (const batch of csvRecords(file, [options.timeColumn, options.powerColumn])) {
    if (batch.records.length === 0) continue
    const fixed = (layout ??= layoutOf(batch, options))
    yield batch.records.map((record) => parseRow(record, fixed, index++))
  }
}

/** The first rows decide what the decimal sign is. */
function layoutOf({ columns, delimiter, records }: CsvBatch, options: TableOptions): Layout {
  const powerColumn = columns.indexOf(options.powerColumn)
  const powers = records.map(({ cells }) => cells[powerColumn] ?? '')
  return {
    timestampColumn: columns.indexOf(options.timeColumn),
    powerColumn,
    columnCount: columns.length,
    nowSeconds: Date.now() / 1000,
    decimalSign: options.decimal ?? detectDecimalSign(powers, delimiter),
    times: timeRules(options),
    wattsPerUnit: WATTS_PER_UNIT[options.unit ?? 'W'],
  }
}

function parseRow({ cells, lineNumber }: CsvRecord, layout: Layout, index: number): InputRow {
  const timestampText = cells[layout.timestampColumn]?.trim() ?? ''
  const powerText = cells[layout.powerColumn]?.trim() ?? ''
  const time = readTimestamp(timestampText, layout.nowSeconds, layout.times)
  const timestampSeconds = time.ok ? time.seconds : Number.NaN
  const powerWatts = inWatts(readDecimal(powerText, layout.decimalSign), layout.wattsPerUnit)
  let problem: RowProblem | null = null
  if (cells.length > layout.columnCount && cells.slice(layout.columnCount).some((cell) => cell.trim() !== '')) {
    problem = ROW_PROBLEMS.cells
  } else if (!time.ok) problem = needsDateOrder(timestampText) ? ROW_PROBLEMS.dateOrder : ROW_PROBLEMS.time
  else if (!Number.isFinite(powerWatts)) problem = hasTwoReadings(powerText) ? ROW_PROBLEMS.decimal : ROW_PROBLEMS.power
  else if (Math.abs(powerWatts) > MAX_POWER_WATTS) problem = ROW_PROBLEMS.range
  return { index, lineNumber, timestampText, powerText, timestampSeconds, powerWatts, problem }
}

/** To a microwatt, so that 0.1234 kW is 123.4 W. */
const inWatts = (power: number, wattsPerUnit: number) =>
  wattsPerUnit === 1 ? power : Math.round(power * wattsPerUnit * 1e6) / 1e6
