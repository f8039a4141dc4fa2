import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Sample } from '@/lib/contracts/sample'
import { readInput } from '@/lib/ingest/parse-input'
import type { ReadingSource } from '@/workers/producer/reading-source'
import { UsageError } from '@/workers/producer/settings'

const BYTE_ORDER_MARK = '\uFEFF'

export interface RecordingOptions {
  file: string
  buildingId: string
  /**
   * null sends the recorded timestamps. Otherwise they are shifted as a whole; the function gets the recording's first and
   * last one and says where the first is to be.
   */
  startAt: ((firstSeconds: number, lastSeconds: number) => number) | null
}

/**
 * A CSV with the contract's columns: a header with `timestamp` and `power_total`, any of voltage, current, power_factor,
 * reactive_power, frequency, thd; others are ignored. Rows that cannot be read are left out and counted.
 * @throws UsageError when the file has no such header or no readable row
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
  const input = createReadStream(file, 'utf8')
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
  let columns: string[] | null = null
  let lineNumber = 0
  try {
    for await (const line of lines) {
      lineNumber += 1
      if (line.trim() === '') continue
      const cells = line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
      if (!columns) {
        columns = readHeader(cells, file)
        continue
      }
      // An empty cell is a quantity that was not measured.
      const fields = Object.fromEntries(columns.flatMap((name, index) => (cells[index] ? [[name, cells[index]]] : [])))
      const parsed = readInput(fields, buildingId, 'replay')
      yield parsed.ok ? { sample: parsed.sample } : { problem: `line ${lineNumber}: ${parsed.reason}` }
    }
  } finally {
    lines.close()
    input.destroy()
  }
}

function readHeader(cells: readonly string[], file: string): string[] {
  const columns = cells.map((cell) => cell.replace(BYTE_ORDER_MARK, '').toLowerCase())
  for (const required of ['timestamp', 'power_total']) {
    if (!columns.includes(required))
      throw new UsageError(`${file} has no column ${required}; its header is "${cells.join(',')}".`)
  }
  return columns
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
