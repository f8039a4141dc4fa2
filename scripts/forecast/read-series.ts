import { UsageError } from '@/lib/infra/usage-error'
import { csvRecords } from '@/lib/ingest/csv-records'
import { LocalClock } from '@/lib/ingest/local-clock'
import { detectDecimalSign, readDecimal } from '@/lib/ingest/read-decimal'
import { readTimestamp, TABLE_TIMES } from '@/lib/ingest/read-timestamp'

export interface ReadSeries {
  /** Unix seconds. */
  times: number[]
  values: number[]
  /** A time as the file writes it, to write more like it. */
  exampleTime: string
  rejected: { lineNumber: number; reason: string }[]
}

export interface SeriesColumns {
  timeColumn: string
  valueColumn: string
  /** IANA name of the clock that wrote times without an offset. */
  timeZone: string
}

/** Reads a table of times and values; a cell without a number is a gap. @throws UsageError where it holds no series */
export async function readSeries(file: string, { timeColumn, valueColumn, timeZone }: SeriesColumns): Promise<ReadSeries> {
  const times: number[] = []
  const cells: string[] = []
  const rejected: ReadSeries['rejected'] = []
  let exampleTime = ''
  let delimiter = ','
  const clock = new LocalClock(timeZone)
  const rules = { ...TABLE_TIMES, zoneless: (seconds: number) => clock.toUnixSeconds(seconds) }
  const nowSeconds = Date.now() / 1000
  for await (const batch of csvRecords(file, [timeColumn, valueColumn])) {
    const [time, value] = [batch.columns.indexOf(timeColumn), batch.columns.indexOf(valueColumn)]
    delimiter = batch.delimiter
    for (const record of batch.records) {
      const text = (record.cells[time] ?? '').trim()
      const moment = readTimestamp(text, nowSeconds, rules)
      if (!moment.ok) {
        rejected.push({ lineNumber: record.lineNumber, reason: moment.reason })
        continue
      }
      times.push(moment.seconds)
      cells.push(record.cells[value] ?? '')
      exampleTime = text
    }
  }
  const sign = detectDecimalSign(cells.slice(0, 10_000), delimiter)
  const values = cells.map((cell) => readDecimal(cell, sign))
  if (values.every((value) => !Number.isFinite(value))) {
    throw new UsageError(`${file} has no row with a time and a number${rejected[0] ? `; line ${rejected[0].lineNumber}: ${rejected[0].reason}` : ''}.`)
  }
  // A gap at the end stays one: the forecast begins after the last time that has a value.
  const known = times.flatMap((time, index) => (Number.isFinite(values[index]!) ? [{ time, value: values[index]! }] : []))
  return { times: known.map(({ time }) => time), values: known.map(({ value }) => value), exampleTime, rejected }
}
