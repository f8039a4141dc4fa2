import { requestJob, type LearningJobRow } from '@/lib/data/learning-jobs'
import { pool } from '@/lib/infra/db'

/** A building's job of learning as a process has it that has just taken it; asked again, as the next one has it. */
export async function takenJob(buildingKey: number): Promise<LearningJobRow> {
  const job = await requestJob(buildingKey, null)
  const { rows } = await pool().query<{ take: number }>(
    `UPDATE home_learning_job SET status = 'running', take = take + 1, started_at = now() WHERE id = $1 RETURNING take`,
    [job.id],
  )
  return { ...job, status: 'running', take: rows[0]!.take }
}
