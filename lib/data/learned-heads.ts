import { randomUUID } from 'node:crypto'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { HeadMetrics, HeadStatus } from '@/lib/contracts/home-learning'
import { pool, withTransaction } from '@/lib/infra/db'
import type { HomeHead } from '@/lib/nilm/home-head'
import { replaceActiveHead } from './home-heads'
import { holdJob, type TakenJob } from './learning-jobs'

export interface NewHead {
  buildingKey: number
  modelVersionId: number
  job: TakenJob
  /** As of when labels were read. */
  labelsReadAt: string
  createdBy: string | null
  head: Omit<HomeHead, 'id'>
  metrics: HeadMetrics
}

/**
 * Stores a head that was fitted: active in place of the one before where nothing speaks against it, else rejected.
 * @returns its id; null where another process has taken the job over, which then stores its own
 */
export async function saveHead(fitted: NewHead): Promise<string | null> {
  const { buildingKey, modelVersionId, job, labelsReadAt, createdBy, metrics } = fitted
  const id = `head_${randomUUID()}`
  const { appliance, ...weights } = fitted.head
  return withTransaction(async (client) => {
    if (!(await holdJob(client, job))) return null
    const status: HeadStatus = metrics.refusal === null ? 'active' : 'rejected'
    const index = APPLIANCES.indexOf(appliance)
    if (status === 'active') await replaceActiveHead(client, buildingKey, index, modelVersionId)
    await client.query(
      `INSERT INTO home_head
         (id, building_key, appliance, model_version_id, job_id, status, labels_read_at, metrics, weights, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        id,
        buildingKey,
        index,
        modelVersionId,
        job.id,
        status,
        labelsReadAt,
        JSON.stringify(metrics),
        JSON.stringify(weights),
        createdBy,
      ],
    )
    return id
  })
}

/**
 * For which appliances a job has stored what it fitted from labels as they still are: one that was cut short goes on with
 * the others.
 */
export async function findLearned(jobId: string, modelVersionId: number): Promise<Appliance[]> {
  const { rows } = await pool().query<{ appliance: number }>(
    `SELECT DISTINCT h.appliance FROM home_head h
     LEFT JOIN run_label_change c ON c.building_key = h.building_key AND c.appliance = h.appliance
     WHERE h.job_id = $1 AND h.model_version_id = $2 AND (c.changed_at IS NULL OR c.changed_at < h.labels_read_at)`,
    [jobId, modelVersionId],
  )
  return rows.flatMap(({ appliance }) => APPLIANCES[appliance] ?? [])
}

/**
 * Appliances of which a person undid what was learned last, and whose labels have not changed since: the same labels would bring
 * the same back. It was taken back, for any model, or an older one was let in again in its place.
 */
export async function findLeftAlone(buildingKey: number, modelVersionId: number): Promise<Appliance[]> {
  const { rows } = await pool().query<{ appliance: number }>(
    `SELECT newest.appliance FROM (
       SELECT DISTINCT ON (appliance) appliance, model_version_id, status, status_at FROM home_head
       WHERE building_key = $1 ORDER BY appliance, created_at DESC, id) newest
     LEFT JOIN run_label_change c ON c.building_key = $1 AND c.appliance = newest.appliance
     WHERE (newest.status = 'rolled_back' OR (newest.status = 'replaced' AND newest.model_version_id = $2))
       AND (c.changed_at IS NULL OR c.changed_at <= newest.status_at)`,
    [buildingKey, modelVersionId],
  )
  return rows.flatMap(({ appliance }) => APPLIANCES[appliance] ?? [])
}

/**
 * Ends the active heads of these appliances that were learned from labels which have been withdrawn since. To be asked where the
 * labels of today do not lead to a head.
 */
export async function retireUnfounded(
  { job, buildingKey, modelVersionId, labelsReadAt }: Pick<NewHead, 'job' | 'buildingKey' | 'modelVersionId' | 'labelsReadAt'>,
  appliances: readonly Appliance[],
): Promise<void> {
  await withTransaction(async (client) => {
    if (!(await holdJob(client, job))) return
    await client.query(
      `UPDATE home_head h SET status = 'retired', status_at = now() FROM run_label_change c
       WHERE h.building_key = $1 AND h.model_version_id = $2 AND h.appliance = ANY($3::int[]) AND h.status = 'active'
         AND c.building_key = h.building_key AND c.appliance = h.appliance
         AND c.withdrawn_at > h.labels_read_at AND c.withdrawn_at < $4`,
      [buildingKey, modelVersionId, appliances.map((appliance) => APPLIANCES.indexOf(appliance)), labelsReadAt],
    )
  })
}
