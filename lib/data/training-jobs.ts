import { z } from 'zod'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { TRAINING_STATES, type TrainingState } from '@/lib/contracts/training'
import { pool } from '@/lib/infra/db'

/** What a job of learning keeps of what came of it. */
const outcomeSchema = z.array(
  z.object({
    appliance: z.enum(APPLIANCES),
    needed: z.number(),
    headId: z.string().nullable(),
    refusal: z.string().nullable(),
  }),
)
export type TrainingOutcome = z.infer<typeof outcomeSchema>[number]

export interface TrainingJobRow {
  id: string
  buildingKey: number
  status: TrainingState
  progress: number
  error: string | null
  createdAt: number
  finishedAt: number | null
  outcomes: TrainingOutcome[]
}

/** Jobs of learning of these buildings with what came of them, newest first. @param id that one only */
export async function findTrainingJobs(buildingKeys: readonly number[] | null, limit: number, id?: string): Promise<TrainingJobRow[]> {
  const { rows } = await pool().query<Omit<TrainingJobRow, 'outcomes'> & { outcome: unknown }>(
    `SELECT id, building_key AS "buildingKey", status, progress, error, outcome,
       floor(extract(epoch FROM created_at))::float8 AS "createdAt", floor(extract(epoch FROM finished_at))::float8 AS "finishedAt"
     FROM home_learning_job WHERE ($1::int[] IS NULL OR building_key = ANY($1)) AND ($2::text IS NULL OR id = $2)
     ORDER BY home_learning_job.created_at DESC, id LIMIT $3`,
    [buildingKeys, id ?? null, limit],
  )
  return rows.map(({ outcome, ...row }) => ({
    ...row,
    status: z.enum(TRAINING_STATES).parse(row.status),
    outcomes: outcome === null ? [] : outcomeSchema.parse(outcome),
  }))
}

/** Which building a job is about; null = no such job. */
export async function buildingOfTraining(id: string): Promise<{ siteId: string | null } | null> {
  const { rows } = await pool().query<{ siteId: string | null }>(
    'SELECT b.site_id AS "siteId" FROM home_learning_job j JOIN building b ON b.key = j.building_key WHERE j.id = $1',
    [id],
  )
  return rows[0] ?? null
}
