import type { Sample } from '@/lib/contracts/sample'
import { UsageError } from '@/lib/infra/usage-error'
import { csvRecords } from '@/lib/ingest/csv-records'
import { isParquet, parquetColumns, parquetRows } from '@/lib/ingest/import/parquet-rows'
import { readInput } from '@/lib/ingest/parse-input'
import { readDecimal } from '@/lib/ingest/read-decimal'
import { readTimestamp, RECORDED_TIMES } from '@/lib/ingest/read-timestamp'
import type { ReadingSource } from '@/workers/producer/reading-source'

export interface RecordingOptions {
  file: string
  buildingId: string
  /**
   * null sends the recorded timestamps. Otherwise they are shifted as a whole; the function gets the recording's first and
   * last one and says where the first is to be.
   */
  startAt: ((firstSeconds: number, lastSeconds: number) => number) | null
}

const REQUIRED = ['timestamp', 'power_total']
const COLUMNS = [...REQUIRED, 'voltage', 'current', 'power_factor', 'reactive_power', 'frequency', 'thd', 'simulated']

/**
 * A CSV or Parquet file with the contract's columns: `timestamp` and `power_total`, any of voltage, current, power_factor,
 * reactive_power, frequency, thd, simulated; others are ignored. Any dialect lib/ingest/csv-records.ts reads; a time without a
 * zone is UTC. Rows that cannot be read are left out and counted.
 * @throws UsageError when the file has no such columns or no readable row
 */
export async function openRecording({ file, buildingId, startAt }: RecordingOptions): Promise<ReadingSource> {
  const span = await measure(file, buildingId)
  const shiftSeconds = startAt ? startAt(span.firstSeconds, span.lastSeconds) - span.firstSeconds : 0
  const rows = readRows(file, buildingId)
  return {
    startSeconds: span.firstSeconds + shiftSeconds,
    followsWallClock: startAt !== null,
    async next() {
      for (;;) {
        const row = await rows.next()
        if (row.done) return null
        if (!('sample' in row.value)) continue
        const { sample } = row.value
        // Readings are on a grid of milliseconds at the finest; the sum of two doubles need not be.
        return { ...sample, timestampSeconds: Math.round((sample.timestampSeconds + shiftSeconds) * 1000) / 1000 }
      }
    },
    problems: () =>
      span.unreadable === 0 ? null : `${span.unreadable} rows of ${file} were left out, the first one: ${span.firstProblem}`,
    close: () => void rows.return(undefined),
  }
}

type Row = { sample: Sample } | { problem: string }

async function* readRows(file: string, buildingId: string): AsyncGenerator<Row, void, undefined> {
  const nowSeconds = Date.now() / 1000
  const tables = (await isParquet(file)) ? parquetTables(file) : csvRecords(file, REQUIRED)
  for await (const { columns, records } of tables) {
    for (const { lineNumber, cells } of records) {
      // An empty cell is a quantity that was not measured.
      const given = columns.map((name, index) => [name, trimmed(cells[index])] as const).filter(([, cell]) => cell !== '')
      const fields = Object.fromEntries(given.map(([name, cell]) => [name, valueOf(name, cell, nowSeconds)]))
      const parsed = readInput(fields, buildingId, 'replay', nowSeconds)
      yield parsed.ok ? { sample: parsed.sample } : { problem: `line ${lineNumber}: ${parsed.reason}` }
    }
  }
}

interface Table {
  columns: readonly string[]
  records: { lineNumber: number; cells: readonly (string | number)[] }[]
}

async function* parquetTables(file: string): AsyncGenerator<Table, void, undefined> {
  const { columns } = await parquetColumns(file)
  const known = columns.filter((name) => COLUMNS.includes(name.toLowerCase()))
  const names = known.map((name) => name.toLowerCase())
  const missing = REQUIRED.filter((name) => !names.includes(name))
  if (missing.length > 0) throw new UsageError(`${file} has no column ${missing.join(' and ')}; it has ${columns.join(', ')}.`)
  for await (const rows of parquetRows(file, known)) {
    yield { columns: names, records: rows.map(({ line, cells }) => ({ lineNumber: line, cells })) }
  }
}

const trimmed = (cell: string | number = '') => (typeof cell === 'string' ? cell.trim() : cell)

/** A cell as files write times and numbers; what is neither stays as it is, for readInput to say what is wrong with it. */
function valueOf(name: string, cell: string | number, nowSeconds: number): string | number {
  if (name === 'timestamp') {
    const time = readTimestamp(cell, nowSeconds, RECORDED_TIMES)
    return time.ok ? time.seconds : cell
  }
  const number = typeof cell === 'number' ? cell : readDecimal(cell)
  return Number.isNaN(number) ? cell : number
}

interface Span {
  firstSeconds: number
  lastSeconds: number
  unreadable: number
  firstProblem: string
}

async function measure(file: string, buildingId: string): Promise<Span> {
  const span: Span = { firstSeconds: Number.NaN, lastSeconds: Number.NaN, unreadable: 0, firstProblem: '' }
  for await (const row of readRows(file, buildingId)) {
    if ('sample' in row) {
      if (Number.isNaN(span.firstSeconds)) span.firstSeconds = row.sample.timestampSeconds
      span.lastSeconds = row.sample.timestampSeconds
    } else {
      span.unreadable += 1
      span.firstProblem ||= row.problem
    }
  }
  if (Number.isNaN(span.firstSeconds)) {
    throw new UsageError(
      `${file} has no readable row.${span.firstProblem ? ` The first problem is in ${span.firstProblem}` : ''}`,
    )
  }
  return span
}
