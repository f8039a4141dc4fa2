import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import { pool } from '@/lib/infra/db'

export const JOB_KINDS = ['import', 'estimate', 'forecast', 'anomalies'] as const
export type JobKind = (typeof JOB_KINDS)[number]
export type JobStatus = 'uploaded' | 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

export interface BackgroundJob {
  id: string
  kind: JobKind
  buildingKey: number
  status: JobStatus
  /** 0..1 */
  progress: number
  message: string | null
  request: unknown
  state: unknown
  result: unknown
  error: string | null
  attempts: number
  cancelRequested: boolean
  requestedBy: string | null
  /** Unix seconds. */
  createdAt: number
  startedAt: number | null
  finishedAt: number | null
}

/** A job was taken over by another process, or is over; whoever still works on it must stop and store nothing more. */
export class JobLostError extends Error {
  override name = 'JobLostError'
}

const FIELDS = `id, kind, building_key AS "buildingKey", status, progress, message, request, state, result, error, attempts,
  cancel_requested AS "cancelRequested", requested_by AS "requestedBy", extract(epoch FROM created_at)::float8 AS "createdAt",
  extract(epoch FROM started_at)::float8 AS "startedAt", extract(epoch FROM finished_at)::float8 AS "finishedAt"`

/** Longer than a process may be busy sorting without a sign of life. */
const LEASE_SECONDS = 60
/** A job that ended its process this often is not begun again by itself. */
export const MOST_ATTEMPTS = 3

export interface NewJob {
  id?: string
  kind: JobKind
  buildingKey: number
  status: 'uploaded' | 'queued'
  request: unknown
  requestedBy: string | null
  /** Who begins it at once, instead of letting it wait. */
  owner?: string
}

export async function createJob({ id = newJobId(), owner, ...job }: NewJob): Promise<BackgroundJob> {
  const { rows } = await pool().query<BackgroundJob>(
    `INSERT INTO background_job (id, kind, building_key, status, request, requested_by, owner, attempts,
       started_at, lease_expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8::int, CASE WHEN $8 = 1 THEN now() END,
       CASE WHEN $8 = 1 THEN now() + make_interval(secs => $9) END)
     RETURNING ${FIELDS}`,
    [
      id,
      job.kind,
      job.buildingKey,
      owner === undefined ? job.status : 'running',
      JSON.stringify(job.request),
      job.requestedBy,
      owner ?? null,
      owner === undefined ? 0 : 1,
      LEASE_SECONDS,
    ],
  )
  return rows[0]!
}

export const newJobId = () => `job_${randomUUID()}`

/**
 * Asks for a building's stretches to be estimated, together with those that wait already.
 * @param stretches first and last quarter of an hour since 1970 of each
 */
export async function requestEstimate(
  buildingKey: number,
  stretches: readonly (readonly [number, number])[],
  requestedBy: string | null,
): Promise<string> {
  const { rows } = await pool().query<{ id: string }>(
    `INSERT INTO background_job AS waiting (id, kind, building_key, status, request, requested_by)
     VALUES ($1, 'estimate', $2, 'queued', $3, $4)
     ON CONFLICT (building_key) WHERE kind = 'estimate' AND status = 'queued' DO UPDATE SET request =
       jsonb_build_object('stretches', (waiting.request -> 'stretches') || (EXCLUDED.request -> 'stretches'))
     RETURNING id`,
    [newJobId(), buildingKey, JSON.stringify({ stretches }), requestedBy],
  )
  return rows[0]!.id
}

/** Asks for a model to be fitted to a building's site anew; one that waits or runs already is answered as it is. */
export async function requestRefit(kind: 'forecast' | 'anomalies', buildingKey: number, requestedBy: string | null): Promise<string> {
  const { rows } = await pool().query<{ id: string }>(
    `INSERT INTO background_job AS open (id, kind, building_key, status, request, requested_by) VALUES ($1, $2, $3, 'queued', '{}', $4)
     ON CONFLICT (building_key, kind) WHERE kind IN ('forecast', 'anomalies') AND status IN ('queued', 'running')
     DO UPDATE SET status = open.status RETURNING id`,
    [newJobId(), kind, buildingKey, requestedBy],
  )
  return rows[0]!.id
}

/** Takes the oldest job of a kind that waits, or whose process has died. @param id that one only */
export async function claimJob(kind: JobKind, owner: string, id: string | null = null): Promise<BackgroundJob | null> {
  const { rows } = await pool().query<BackgroundJob>(
    `UPDATE background_job SET status = 'running', owner = $2, attempts = attempts + 1, error = NULL,
       started_at = COALESCE(started_at, now()), lease_expires_at = now() + make_interval(secs => $3)
     WHERE id = (SELECT id FROM background_job WHERE kind = $1 AND ($4::text IS NULL OR id = $4)
         AND (status = 'queued' OR (status = 'running' AND lease_expires_at < now()))
       ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING ${FIELDS}`,
    [kind, owner, LEASE_SECONDS, id],
  )
  const job = rows[0]
  if (!job || job.attempts <= MOST_ATTEMPTS) return job ?? null
  await finishJob(
    job.id,
    owner,
    'failed',
    null,
    `It stopped ${MOST_ATTEMPTS} times without an error; the log says more. Try it again.`,
  )
  return claimJob(kind, owner, id)
}

/**
 * A sign of life.
 * @returns whether somebody wants it cancelled
 * @throws JobLostError
 */
export async function reportJob(id: string, owner: string, progress: number | null, message: string | null): Promise<boolean> {
  const { rows } = await pool().query<{ cancel_requested: boolean }>(
    `UPDATE background_job SET progress = COALESCE($3, progress), message = COALESCE($4, message),
       lease_expires_at = now() + make_interval(secs => $5)
     WHERE id = $1 AND owner = $2 AND status = 'running' RETURNING cancel_requested`,
    [id, owner, progress, message, LEASE_SECONDS],
  )
  if (!rows[0]) throw new JobLostError(`Job ${id} is another process's or over.`)
  return rows[0].cancel_requested
}

/**
 * Keeps how far a job has come, in the transaction that stored it. A job that goes on well is no failing one.
 * @throws JobLostError
 */
export async function saveJobState(client: PoolClient, id: string, owner: string, state: unknown): Promise<void> {
  const { rowCount } = await client.query(
    `UPDATE background_job SET state = $3, attempts = 1 WHERE id = $1 AND owner = $2 AND status = 'running'`,
    [id, owner, JSON.stringify(state)],
  )
  if (rowCount === 0) throw new JobLostError(`Job ${id} is another process's or over.`)
}

export async function finishJob(
  id: string,
  owner: string,
  status: 'done' | 'failed' | 'cancelled',
  result: unknown,
  error: string | null,
): Promise<void> {
  await pool().query(
    `UPDATE background_job SET status = $3, result = $4, error = $5, finished_at = now(), message = NULL,
       progress = CASE WHEN $3 = 'done' THEN 1 ELSE progress END
     WHERE id = $1 AND owner = $2 AND status = 'running'`,
    [id, owner, status, result === null ? null : JSON.stringify(result), error],
  )
}

/** Gives a job back that this process cannot finish now; another one goes on with it at once. */
export async function releaseJob(id: string, owner: string): Promise<void> {
  await pool().query(
    `UPDATE background_job SET lease_expires_at = '-infinity', attempts = attempts - 1
     WHERE id = $1 AND owner = $2 AND status = 'running'`,
    [id, owner],
  )
}

/** @returns whether there was anything to cancel; one that runs stops by itself soon */
export async function cancelJob(id: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE background_job SET cancel_requested = true,
       status = CASE WHEN status = 'running' THEN status ELSE 'cancelled' END,
       finished_at = CASE WHEN status = 'running' THEN NULL ELSE now() END
     WHERE id = $1 AND status IN ('uploaded', 'queued', 'running')`,
    [id],
  )
  return rowCount === 1
}

/** Lets a job that failed or was cancelled go on where it stopped. @returns whether it could */
export async function retryJob(id: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE background_job SET status = 'queued', cancel_requested = false, attempts = 0, error = NULL, finished_at = NULL
     WHERE id = $1 AND status IN ('failed', 'cancelled')`,
    [id],
  )
  return rowCount === 1
}

/** Lets an uploaded file be imported as said. @returns whether it was waiting for that */
export async function startJob(id: string, request: unknown): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE background_job SET status = 'queued', request = $2 WHERE id = $1 AND status = 'uploaded'`,
    [id, JSON.stringify(request)],
  )
  return rowCount === 1
}

export async function findJob(id: string): Promise<BackgroundJob | null> {
  const { rows } = await pool().query<BackgroundJob>(`SELECT ${FIELDS} FROM background_job WHERE id = $1`, [id])
  return rows[0] ?? null
}

/** Which of these there are. */
export async function findJobIds(ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await pool().query<{ id: string }>('SELECT id FROM background_job WHERE id = ANY($1)', [ids])
  return new Set(rows.map(({ id }) => id))
}

export interface JobFilter {
  kind?: JobKind
  /** Of these buildings; all by default. */
  buildingKeys?: readonly number[]
  limit: number
}

/** Newest first. */
export async function listJobs({ kind, buildingKeys, limit }: JobFilter): Promise<BackgroundJob[]> {
  const { rows } = await pool().query<BackgroundJob>(
    `SELECT ${FIELDS} FROM background_job WHERE ($1::text IS NULL OR kind = $1) AND ($2::int[] IS NULL OR building_key = ANY($2))
     ORDER BY background_job.created_at DESC, id LIMIT $3`,
    [kind ?? null, buildingKeys ?? null, limit],
  )
  return rows
}

/** Forgets what is long over, and uploads that nobody started. @returns the ids, whose files can go */
export async function deleteOldJobs(keptDays: number, uploadHours: number): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>(
    `DELETE FROM background_job WHERE finished_at < now() - make_interval(days => $1)
       OR (status = 'uploaded' AND created_at < now() - make_interval(hours => $2)) RETURNING id`,
    [keptDays, uploadHours],
  )
  return rows.map(({ id }) => id)
}
