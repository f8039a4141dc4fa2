import { processReportSchema, processSampleSchema, type ProcessReport, type ProcessSample } from '@/lib/contracts/processes'
import { pool } from '@/lib/infra/db'
import type { LogLevel } from '@/lib/infra/logger'

/** How far back samples are kept. */
export const SAMPLES_KEPT_SECONDS = 1_800
/** A process that is gone without a word is remembered so long. */
const SILENT_KEPT_SECONDS = 900

export interface ProcessRow {
  id: string
  kind: string
  host: string
  pid: number
  /** Unix seconds. */
  startedAt: number
  /** Seconds since it last said something, on the database's clock. */
  silentSeconds: number
  report: ProcessReport
}

export interface NewReport {
  id: string
  kind: string
  host: string
  pid: number
  /** Unix seconds. */
  startedAt: number
  report: ProcessReport
}

/**
 * Keeps what a process says of itself, and forgets what is old.
 * @returns the log level that was set for all processes, and for how much longer; null where none is
 */
export async function storeReport(given: NewReport): Promise<{ level: LogLevel; secondsLeft: number } | null> {
  const { rows } = await pool().query<{ level: LogLevel; seconds_left: number }>(
    `WITH told AS (
       INSERT INTO process_report (id, kind, host, pid, started_at, report) VALUES ($1, $2, $3, $4, to_timestamp($5), $6)
       ON CONFLICT (id) DO UPDATE SET report = EXCLUDED.report, seen_at = now()
     ), measured AS (
       INSERT INTO process_sample (process_id, kind, sample) VALUES ($1, $2, $6::jsonb -> 'sample') ON CONFLICT DO NOTHING
     ), old_samples AS (
       DELETE FROM process_sample WHERE at < now() - make_interval(secs => $7)
     ), gone AS (
       DELETE FROM process_report WHERE seen_at < now() - make_interval(secs => $8) AND id <> $1
     )
     SELECT level, extract(epoch FROM ends_at - now())::float8 AS seconds_left FROM log_level WHERE ends_at > now()`,
    [
      given.id,
      given.kind,
      given.host,
      given.pid,
      given.startedAt,
      JSON.stringify(given.report),
      SAMPLES_KEPT_SECONDS,
      SILENT_KEPT_SECONDS,
    ],
  )
  return rows[0] ? { level: rows[0].level, secondsLeft: rows[0].seconds_left } : null
}

/** A process that ends in order is not missed. */
export async function removeReport(id: string): Promise<void> {
  await pool().query('DELETE FROM process_report WHERE id = $1', [id])
}

/** Processes of a kind that reported from this machine. */
export async function listReportsFrom(kind: string, host: string): Promise<{ id: string; pid: number }[]> {
  const { rows } = await pool().query<{ id: string; pid: number }>('SELECT id, pid FROM process_report WHERE kind = $1 AND host = $2', [
    kind,
    host,
  ])
  return rows
}

/** Processes by kind, the oldest first. What another version of the application wrote and this one cannot read is left out. */
export async function listReports(): Promise<ProcessRow[]> {
  const { rows } = await pool().query<Omit<ProcessRow, 'report'> & { report: unknown }>(
    `SELECT id, kind, host, pid, extract(epoch FROM started_at)::float8 AS "startedAt",
       extract(epoch FROM now() - seen_at)::float8 AS "silentSeconds", report
     FROM process_report ORDER BY kind, started_at, id`,
  )
  return rows.flatMap(({ report, ...row }) => {
    const read = processReportSchema.safeParse(report)
    return read.success ? [{ ...row, report: read.data }] : []
  })
}

export interface SampleRow {
  processId: string
  kind: string
  /** Unix seconds: when it ended. */
  at: number
  sample: ProcessSample
}

/** Samples of all processes since then, oldest first. @param since Unix seconds */
export async function listSamples(since: number): Promise<SampleRow[]> {
  const { rows } = await pool().query<Omit<SampleRow, 'sample'> & { sample: unknown }>(
    `SELECT process_id AS "processId", kind, extract(epoch FROM at)::float8 AS at, sample
     FROM process_sample WHERE at > to_timestamp($1) ORDER BY process_sample.at`,
    [since],
  )
  return rows.flatMap(({ sample, ...row }) => {
    const read = processSampleSchema.safeParse(sample)
    return read.success ? [{ ...row, sample: read.data }] : []
  })
}
