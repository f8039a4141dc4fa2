import type { PoolClient } from 'pg'
import { pool } from '@/lib/infra/db'

/** Long after the live store has passed a reading on. */
const KEPT_MINUTES = 30

/**
 * Notes times (Unix seconds) as received. Who notes the same at once waits for this transaction.
 * @returns positions of those that are neither stored nor on their way already
 */
export async function receiveReadings(
  client: PoolClient,
  buildingKey: number,
  timesSeconds: readonly number[],
): Promise<Set<number>> {
  const { rows } = await client.query<{ ts: string }>(
    `WITH given AS (SELECT DISTINCT to_timestamp(t) AS ts FROM UNNEST($2::float8[]) AS t)
     INSERT INTO reading_receipt (building_key, ts)
     SELECT $1, g.ts FROM given g
     WHERE NOT EXISTS (SELECT 1 FROM power_raw r WHERE r.building_key = $1 AND r.ts = g.ts)
     ORDER BY g.ts
     ON CONFLICT DO NOTHING
     RETURNING (extract(epoch FROM ts) * 1e6)::bigint AS ts`,
    [buildingKey, timesSeconds],
  )
  const fresh = new Set(rows.map(({ ts }) => ts))
  const positions = new Set<number>()
  for (const [position, seconds] of timesSeconds.entries()) {
    // Of a time that a batch has twice, the first one counts.
    if (fresh.delete(String(Math.round(seconds * 1e6)))) positions.add(position)
  }
  return positions
}

export async function deleteOldReceipts(): Promise<void> {
  await pool().query(`DELETE FROM reading_receipt WHERE received_at < now() - make_interval(mins => $1)`, [KEPT_MINUTES])
}
