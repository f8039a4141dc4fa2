import { pool } from '@/lib/infra/db'

/** What the networks look back on before a run, and what follows it. */
const KEPT_BEFORE_LABEL_SECONDS = 7 * 3600
const KEPT_AFTER_LABEL_SECONDS = 3600

/**
 * Deletes readings more than `days` older than their building's newest checkpoint, so that replaying an old year does not
 * delete what it just stored. Minutes, hours and runs stay, and so does what lies around labelled runs: a new model learns from it.
 * @returns how many readings were deleted
 */
export async function deleteOldRaw(days: number): Promise<number> {
  const buildings = await pool().query<{ building_key: number; position: number }>(
    // What the models have still to run over stays until they have.
    `SELECT building_key, position FROM session_checkpoint c WHERE NOT EXISTS (SELECT 1 FROM background_job j
       WHERE j.building_key = c.building_key AND j.status IN ('queued', 'running'))`,
  )
  let deleted = 0
  for (const { building_key: key, position } of buildings.rows) {
    const result = await pool().query(
      `DELETE FROM power_raw r WHERE building_key = $1 AND ts < to_timestamp($2) - make_interval(days => $3)
       AND NOT EXISTS (SELECT 1 FROM run_label l WHERE l.building_key = r.building_key
         AND r.ts > l.started_at - make_interval(secs => $4) AND r.ts < l.ended_at + make_interval(secs => $5))`,
      [key, position, days, KEPT_BEFORE_LABEL_SECONDS, KEPT_AFTER_LABEL_SECONDS],
    )
    deleted += result.rowCount ?? 0
  }
  return deleted
}
