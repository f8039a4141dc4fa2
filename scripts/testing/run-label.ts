import { randomUUID } from 'node:crypto'
import { pool } from '@/lib/infra/db'

/** A label somebody made so many seconds ago. */
export async function insertRunLabel(buildingKey: number, secondsAgo: number): Promise<void> {
  await pool().query(
    `INSERT INTO run_label (id, building_key, started_at, ended_at, true_appliance, created_at)
     VALUES ($1, $2, now() - interval '2 days', now() - interval '2 days' + interval '5 minutes', 0, now() - make_interval(secs => $3))`,
    [randomUUID(), buildingKey, secondsAgo],
  )
}
