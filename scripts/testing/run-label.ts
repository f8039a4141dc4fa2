import { randomUUID } from 'node:crypto'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { pool } from '@/lib/infra/db'

/** A label somebody made so many seconds ago of a run of the appliance, so many minutes after this time two days ago. */
export async function insertRunLabel(
  buildingKey: number,
  secondsAgo: number,
  appliance: Appliance = APPLIANCES[0],
  minutesIn = 0,
): Promise<string> {
  const id = `label_${randomUUID()}`
  const index = APPLIANCES.indexOf(appliance)
  await pool().query(
    `INSERT INTO run_label (id, building_key, started_at, ended_at, true_appliance, created_at)
     VALUES ($1, $2, now() - interval '2 days' + make_interval(mins => $5),
       now() - interval '2 days' + make_interval(mins => $5 + 5), $4, now() - make_interval(secs => $3))`,
    [id, buildingKey, secondsAgo, index, minutesIn],
  )
  await pool().query(
    `INSERT INTO run_label_change (building_key, appliance, changed_at) VALUES ($1, $3, now() - make_interval(secs => $2))
     ON CONFLICT (building_key, appliance) DO UPDATE SET changed_at = greatest(run_label_change.changed_at, EXCLUDED.changed_at)`,
    [buildingKey, secondsAgo, index],
  )
  return id
}
