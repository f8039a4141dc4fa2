import { MAX_POWER_WATTS } from '@/lib/contracts/sample'
import { csvRecords } from '@/lib/ingest/csv-records'
import { readDecimal } from '@/lib/ingest/read-decimal'
import { readTimestamp, TABLE_TIMES } from '@/lib/ingest/read-timestamp'

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

/** Where the two columns that matter are, and how many there are. */
interface Layout {
  timestampColumn: number
  powerColumn: number
  columnCount: number
  nowSeconds: number
}

/** A table's rows in batches, in file order; blank lines are no rows. @throws UsageError where the file is none */
export async function* inputRows(file: string): AsyncGenerator<InputRow[]> {
  const nowSeconds = Date.now() / 1000
  let index = 0
  for await (const { columns, records } of csvRecords(file, ['timestamp', 'power_total'])) {
    const layout: Layout = {
      timestampColumn: columns.indexOf('timestamp'),
      powerColumn: columns.indexOf('power_total'),
      columnCount: columns.length,
      nowSeconds,
    }
    yield records.map(({ cells }) => parseRow(cells, layout, index++))
  }
}

function parseRow(cells: readonly string[], layout: Layout, index: number): InputRow {
  const timestampText = cells[layout.timestampColumn]?.trim() ?? ''
  const powerText = cells[layout.powerColumn]?.trim() ?? ''
  const time = readTimestamp(timestampText, layout.nowSeconds, TABLE_TIMES)
  const timestampSeconds = time.ok ? time.seconds : Number.NaN
  const powerWatts = readDecimal(powerText)
  let problem: RowProblem | null = null
  if (cells.length > layout.columnCount && cells.slice(layout.columnCount).some((cell) => cell.trim() !== '')) {
    problem = 'wrong number of cells'
  } else if (!time.ok) problem = 'time unreadable'
  else if (!Number.isFinite(powerWatts)) problem = 'power not a number'
  else if (Math.abs(powerWatts) > MAX_POWER_WATTS) problem = 'power out of range'
  return { index, timestampText, powerText, timestampSeconds, powerWatts, problem }
}
