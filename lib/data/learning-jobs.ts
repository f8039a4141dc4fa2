import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import type { LearningJob } from '@/lib/contracts/home-learning'
import { pool } from '@/lib/infra/db'

/** A job as one process took it. Once another has taken it over, nothing that is stored in this one's name counts. */
export interface TakenJob {
  id: string
  take: number
}

export type LearningJobRow = Omit<LearningJob, 'buildingId'> & TakenJob & { buildingKey: number; requestedBy: string | null }

/** A job that stopped this often is not begun again by itself. */
export const MOST_LEARNING_ATTEMPTS = 3
/** Before the next attempt, times the attempts so far: what was away may be back. */
const PAUSE_SECONDS = 10

interface Row {
  id: string
  building_key: number
  status: LearningJob['status']
  progress: number
  error: string | null
  requested_by: string | null
  take: number
  created_at: number
  finished_at: number | null
}

const FIELDS = `id, building_key, status, progress, error, requested_by, take,
  floor(extract(epoch FROM created_at))::float8 AS created_at,
  floor(extract(epoch FROM finished_at))::float8 AS finished_at`

/** Asks for a building's labels to be learned; one that waits or runs already is answered as it is. */
export async function requestJob(buildingKey: number, userId: string | null): Promise<LearningJobRow> {
  const { rows } = await pool().query<Row>(
    `INSERT INTO home_learning_job (id, building_key, status, requested_by) VALUES ($1, $2, 'queued', $3)
     ON CONFLICT (building_key) WHERE status IN ('queued', 'running') DO UPDATE SET status = home_learning_job.status
     RETURNING ${FIELDS}`,
    [`job_${randomUUID()}`, buildingKey, userId],
  )
  return toJob(rows[0]!)
}

/**
 * Asks for every building whose labels changed since they were last learned for this model version, once nobody has labelled for
 * a while; so also for all with labels when the model is a new one. Labels that were taken back are a change: what was learned
 * from them may have to go.
 */
export async function requestDueJobs(modelVersionId: number, quietSeconds: number): Promise<number> {
  const { rowCount } = await pool().query(
    `INSERT INTO home_learning_job (id, building_key, status)
     SELECT 'job_' || gen_random_uuid(), c.building_key, 'queued' FROM run_label_change c
     WHERE EXISTS (SELECT 1 FROM run_label l WHERE l.building_key = c.building_key)
       OR EXISTS (SELECT 1 FROM home_head h
         WHERE h.building_key = c.building_key AND h.model_version_id = $1 AND h.status = 'active')
     GROUP BY c.building_key
     HAVING max(c.changed_at) < now() - make_interval(secs => $2)
       AND NOT EXISTS (SELECT 1 FROM home_learning_job j WHERE j.building_key = c.building_key
         AND (j.status IN ('queued', 'running') OR (j.status = 'cancelled' AND j.finished_at > max(c.changed_at))
           OR (j.model_version_id = $1 AND j.status = 'failed' AND j.started_at > max(c.changed_at))
           OR (j.model_version_id = $1 AND j.status = 'done' AND j.labels_read_at > max(c.changed_at))))
     ON CONFLICT DO NOTHING`,
    [modelVersionId, quietSeconds],
  )
  return rowCount ?? 0
}

/**
 * Takes the oldest job that waits and whose pause is over. Whoever calls holds the lease, so one that runs was left by a process
 * that died; one that did so too often fails.
 */
export async function takeJob(modelVersionId: number): Promise<LearningJobRow | null> {
  await pool().query(
    `UPDATE home_learning_job SET status = 'failed', finished_at = now(), error = $2
     WHERE status = 'running' AND attempts >= $1`,
    [MOST_LEARNING_ATTEMPTS, `Learning ended its process ${MOST_LEARNING_ATTEMPTS} times; the log says more. Start it again.`],
  )
  const { rows } = await pool().query<Row>(
    `UPDATE home_learning_job SET status = 'running', progress = 0, started_at = now(), model_version_id = $1,
       attempts = attempts + 1, take = take + 1, error = NULL
     WHERE id = (SELECT id FROM home_learning_job WHERE status = 'running' OR (status = 'queued'
         AND (attempts = 0 OR started_at < now() - attempts * make_interval(secs => $2)))
       ORDER BY home_learning_job.created_at, id LIMIT 1)
     RETURNING ${FIELDS}`,
    [modelVersionId, PAUSE_SECONDS],
  )
  return rows[0] ? toJob(rows[0]) : null
}

/** Holds a job's row until the transaction ends. @returns whether it still runs as it was taken */
export async function holdJob(client: PoolClient, { id, take }: TakenJob): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM home_learning_job WHERE id = $1 AND take = $2 AND status = 'running' FOR UPDATE`,
    [id, take],
  )
  return rowCount === 1
}

/**
 * An error stopped a job. It waits and is tried again, each time after a longer pause; after the last attempt it has failed.
 * @param reason what went wrong, for the person who asked
 */
export async function stopJob({ id, take }: TakenJob, reason: string): Promise<void> {
  await pool().query(
    `UPDATE home_learning_job SET
       status = CASE WHEN attempts >= $2 THEN 'failed' ELSE 'queued' END,
       finished_at = CASE WHEN attempts >= $2 THEN now() END,
       error = CASE WHEN attempts >= $2 THEN $4 || $3 ELSE $3 END
     WHERE id = $1 AND take = $5 AND status = 'running'`,
    [id, MOST_LEARNING_ATTEMPTS, reason, `Learning was tried ${MOST_LEARNING_ATTEMPTS} times and stopped each time. The last time: `, take],
  )
}

/** Gives a job back that this process must not finish: its attempt does not count. */
export async function releaseJob({ id, take }: TakenJob): Promise<void> {
  await pool().query(
    `UPDATE home_learning_job SET attempts = greatest(0, attempts - 1) WHERE id = $1 AND take = $2 AND status = 'running'`,
    [id, take],
  )
}

export async function isCancelRequested(id: string): Promise<boolean> {
  const { rows } = await pool().query('SELECT 1 FROM home_learning_job WHERE id = $1 AND cancel_requested', [id])
  return rows.length > 0
}

/** A job that was asked to stop has stopped. What it had learned of some appliances stays. */
export async function endCancelledJob({ id, take }: TakenJob): Promise<void> {
  await pool().query(
    `UPDATE home_learning_job SET status = 'cancelled', finished_at = now() WHERE id = $1 AND take = $2 AND status = 'running'`,
    [id, take],
  )
}

/** @returns whether there was anything to cancel; one that runs stops by itself soon */
export async function cancelLearningJob(id: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE home_learning_job SET cancel_requested = true,
       status = CASE WHEN status = 'running' THEN status ELSE 'cancelled' END,
       finished_at = CASE WHEN status = 'running' THEN NULL ELSE now() END
     WHERE id = $1 AND status IN ('queued', 'running')`,
    [id],
  )
  return rowCount === 1
}

/** Lets a job that failed or was cancelled be done after all. @returns whether it could: a building has one open job at most */
export async function retryLearningJob(id: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE home_learning_job job SET status = 'queued', cancel_requested = false, attempts = 0, progress = 0, error = NULL,
       finished_at = NULL
     WHERE id = $1 AND status IN ('failed', 'cancelled') AND NOT EXISTS (SELECT 1 FROM home_learning_job other
       WHERE other.building_key = job.building_key AND other.status IN ('queued', 'running'))`,
    [id],
  )
  return rowCount === 1
}

export async function anyJobWaiting(): Promise<boolean> {
  const { rows } = await pool().query(`SELECT 1 FROM home_learning_job WHERE status IN ('queued', 'running') LIMIT 1`)
  return rows.length > 0
}

export async function reportProgress({ id, take }: TakenJob, progress: number): Promise<void> {
  await pool().query(
    `UPDATE home_learning_job SET progress = $3 WHERE id = $1 AND take = $2 AND status = 'running'`,
    [id, take, progress],
  )
}

/**
 * Ends a job whose work is done.
 * @param labelsReadAt as of when labels were learned from: later ones make another job due
 * @returns whether it was still this process's to end
 */
export async function finishJob({ id, take }: TakenJob, labelsReadAt: string, outcome: unknown): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE home_learning_job SET status = 'done', outcome = $3, labels_read_at = $4, error = NULL, finished_at = now(),
       progress = 1
     WHERE id = $1 AND take = $2 AND status = 'running'`,
    [id, take, JSON.stringify(outcome), labelsReadAt],
  )
  return rowCount === 1
}

/** The newest job of each of these buildings. */
export async function findLastJobs(buildingKeys: readonly number[]): Promise<Map<number, LearningJobRow>> {
  const { rows } = await pool().query<Row>(
    `SELECT DISTINCT ON (building_key) ${FIELDS} FROM home_learning_job WHERE building_key = ANY($1::int[])
     ORDER BY building_key, home_learning_job.created_at DESC, id`,
    [buildingKeys],
  )
  return new Map(rows.map((row) => [row.building_key, toJob(row)]))
}

function toJob(row: Row): LearningJobRow {
  return {
    id: row.id,
    buildingKey: row.building_key,
    status: row.status,
    progress: row.progress,
    error: row.error,
    requestedBy: row.requested_by,
    take: row.take,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  }
}
