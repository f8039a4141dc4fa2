import { randomUUID } from 'node:crypto'
import type { LearningJob } from '@/lib/contracts/home-learning'
import { pool } from '@/lib/infra/db'

export type LearningJobRow = Omit<LearningJob, 'buildingId'> & { buildingKey: number; requestedBy: string | null }

interface Row {
  id: string
  building_key: number
  status: LearningJob['status']
  progress: number
  error: string | null
  requested_by: string | null
  created_at: number
  finished_at: number | null
}

const FIELDS = `id, building_key, status, progress, error, requested_by, floor(extract(epoch FROM created_at))::float8 AS created_at,
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
 * Asks for every building whose labels changed since its last job for this model version, once nobody has labelled for a while;
 * so also for all with labels when the model is a new one.
 */
export async function requestDueJobs(modelVersionId: number, quietSeconds: number): Promise<number> {
  const { rowCount } = await pool().query(
    `INSERT INTO home_learning_job (id, building_key, status)
     SELECT 'job_' || gen_random_uuid(), l.building_key, 'queued' FROM run_label l
     GROUP BY l.building_key
     HAVING max(l.created_at) < now() - make_interval(secs => $2)
       AND NOT EXISTS (SELECT 1 FROM home_learning_job j WHERE j.building_key = l.building_key
         AND (j.status IN ('queued', 'running') OR (j.model_version_id = $1 AND j.started_at > max(l.created_at))))
     ON CONFLICT DO NOTHING`,
    [modelVersionId, quietSeconds],
  )
  return rowCount ?? 0
}

/** Takes the oldest job that waits. Whoever calls holds the lease, so one that runs was left by a process that died. */
export async function takeJob(modelVersionId: number): Promise<LearningJobRow | null> {
  const { rows } = await pool().query<Row>(
    `UPDATE home_learning_job SET status = 'running', progress = 0, started_at = now(), model_version_id = $1
     WHERE id = (SELECT id FROM home_learning_job WHERE status IN ('queued', 'running') ORDER BY created_at, id LIMIT 1)
     RETURNING ${FIELDS}`,
    [modelVersionId],
  )
  return rows[0] ? toJob(rows[0]) : null
}

export async function anyJobWaiting(): Promise<boolean> {
  const { rows } = await pool().query(`SELECT 1 FROM home_learning_job WHERE status IN ('queued', 'running') LIMIT 1`)
  return rows.length > 0
}

export async function reportProgress(id: string, progress: number): Promise<void> {
  await pool().query('UPDATE home_learning_job SET progress = $2 WHERE id = $1', [id, progress])
}

/** @param error a sentence for the person who labelled; null where all went well */
export async function finishJob(id: string, outcome: unknown, error: string | null): Promise<void> {
  await pool().query(
    `UPDATE home_learning_job SET status = $2, outcome = $3, error = $4, finished_at = now(),
       progress = CASE WHEN $4::text IS NULL THEN 1 ELSE progress END WHERE id = $1`,
    [id, error === null ? 'done' : 'failed', JSON.stringify(outcome), error],
  )
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
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  }
}
