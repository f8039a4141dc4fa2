import { stat, writeFile } from 'node:fs/promises'
import { UsageError } from '@/lib/infra/usage-error'
import { csvRecords } from '@/lib/ingest/csv-records'
import { detectDecimalSign, readDecimal } from '@/lib/ingest/read-decimal'
import { readTimestamp, TABLE_TIMES } from '@/lib/ingest/read-timestamp'
import { probationRowsOf, scoreSeries, usualStepSeconds } from '@/lib/insights/anomaly/score-series'

/** What a table with fewer rows tells is not worth a score. */
const LEAST_ROWS = 20

export interface DetectionSummary {
  rows: number
  withoutNumber: number
  stepSeconds: number
  /** Rows with an earlier time than the one before. */
  backwards: number
}

/**
 * Writes timestamp and anomaly score of every row of a table with the columns timestamp and value.
 * @throws UsageError where a file or a time cannot be read
 */
export async function detectFile(input: string, output: string): Promise<DetectionSummary> {
  if (await isSameFile(input, output)) throw new UsageError('Input and output are the same file.')
  const { texts, seconds, values } = await readSeries(input)
  if (texts.length < LEAST_ROWS) {
    throw new UsageError(`${input} has ${texts.length} rows; at least ${LEAST_ROWS} are needed to tell what is usual.`)
  }
  const stepSeconds = usualStepSeconds(seconds.slice(0, Math.max(probationRowsOf(seconds.length), 2)))
  if (stepSeconds === null) throw new UsageError(`The first rows of ${input} all have the same time; a series needs times that go on.`)
  const scores = scoreSeries(values, stepSeconds)
  const lines = texts.map((text, row) => `${quoted(text)},${scores[row]?.toFixed(6) ?? ''}`)
  await writeFile(output, `timestamp,anomaly_score\n${lines.join('\n')}\n`).catch((error: unknown) => {
    throw new UsageError(`${output} cannot be written: ${error instanceof Error ? error.message : String(error)}`)
  })
  return {
    rows: texts.length,
    withoutNumber: values.filter((value) => value === null).length,
    stepSeconds,
    backwards: seconds.filter((at, row) => row > 0 && at < seconds[row - 1]!).length,
  }
}

async function readSeries(input: string): Promise<{ texts: string[]; seconds: number[]; values: (number | null)[] }> {
  const texts: string[] = []
  const seconds: number[] = []
  const cells: string[] = []
  let delimiter = ','
  const nowSeconds = Date.now() / 1000
  for await (const batch of csvRecords(input, ['timestamp', 'value'])) {
    const [time, value] = ['timestamp', 'value'].map((name) => batch.columns.indexOf(name)) as [number, number]
    delimiter = batch.delimiter
    for (const record of batch.records) {
      const text = record.cells[time]?.trim() ?? ''
      const read = readTimestamp(text, nowSeconds, TABLE_TIMES)
      if (!read.ok) throw new UsageError(`Line ${record.lineNumber} of ${input}: ${read.reason}`)
      texts.push(text)
      seconds.push(read.seconds)
      cells.push(record.cells[value]?.trim() ?? '')
    }
  }
  const sign = detectDecimalSign(cells, delimiter)
  const numbers = cells.map((cell) => readDecimal(cell, sign))
  return { texts, seconds, values: numbers.map((number) => (Number.isFinite(number) ? number : null)) }
}

async function isSameFile(input: string, output: string): Promise<boolean> {
  const [a, b] = await Promise.all([input, output].map((file) => stat(file).catch(() => null)))
  return a != null && b != null && a.dev === b.dev && a.ino === b.ino
}

const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
