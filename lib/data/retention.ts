import { pool } from '@/lib/infra/db'

/**
 * Deletes readings more than `days` older than their building's newest checkpoint, so that replaying an old year does not
 * delete what it just stored. Minutes, hours and runs stay.
 * @returns how many readings were deleted
 */
export async function deleteOldRaw(days: number): Promise<number> {
  const buildings = await pool().query<{ building_key: number; position: number }>(
    'SELECT building_key, position FROM session_checkpoint',
  )
  let deleted = 0
  for (const { building_key: key, position } of buildings.rows) {
    const result = await pool().query(
      `DELETE FROM power_raw WHERE building_key = $1 AND ts < to_timestamp($2) - make_interval(days => $3)`,
      [key, position, days],
    )
    deleted += result.rowCount ?? 0
  }
  return deleted
}
