import { pool } from '@/lib/infra/db'

/** What the networks and their inputs look back on before a run, and what follows it. */
export const KEPT_BEFORE_LABEL_SECONDS = 9 * 3600
const KEPT_AFTER_LABEL_SECONDS = 3600
/** How far back it is looked for readings to thin out; older ones have been, unless nothing ran for as long. */
const THINNED_DAYS = 60

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
    await thinOutMainsElectrical(key, position, days)
  }
  return deleted
}

/** Of a main meter's electrical readings that are as old, the first of each minute stays; devices' own readings all do. */
async function thinOutMainsElectrical(buildingKey: number, position: number, days: number): Promise<void> {
  await pool().query(
    `DELETE FROM electrical_data e
     WHERE building_key = $1 AND device_state = '' AND recorded_at < to_timestamp($2) - make_interval(days => $3)
       AND recorded_at >= to_timestamp($2) - make_interval(days => $3 + $4)
       AND recorded_at > date_trunc('minute', recorded_at)
       AND EXISTS (SELECT 1 FROM electrical_data f WHERE f.building_key = e.building_key AND f.device_state = ''
         AND f.recorded_at >= date_trunc('minute', e.recorded_at) AND f.recorded_at < e.recorded_at)`,
    [buildingKey, position, days, THINNED_DAYS],
  )
}
