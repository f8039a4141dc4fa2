import { pool } from '@/lib/infra/db'

/** Every series that carries a building's key, and how many days of it one statement deletes. */
const SERIES = [
  { table: 'power_raw', column: 'ts', days: 3 },
  { table: 'power_minute', column: 'minute', days: 60 },
  { table: 'appliance_minute', column: 'minute', days: 60 },
  { table: 'power_hour', column: 'hour', days: 1000 },
  { table: 'appliance_hour', column: 'hour', days: 1000 },
  { table: 'activation', column: 'started_at', days: 1000 },
  { table: 'electrical_data', column: 'recorded_at', days: 3 },
] as const

/** A worker that had the building in memory may still store for a moment; after this time it has noticed. */
const SETTLED_AFTER = '1 hour'

/** Deletes the time series of buildings that were removed. @returns how many rows */
export async function deleteSeriesOfRemoved(): Promise<number> {
  const { rows } = await pool().query<{ key: number; settled: boolean }>(
    `SELECT key, removed_at < now() - interval '${SETTLED_AFTER}' AS settled FROM removed_building ORDER BY removed_at`,
  )
  let deleted = 0
  for (const { key, settled } of rows) {
    for (const series of SERIES) deleted += await deleteSeries(key, series)
    if (settled) await pool().query('DELETE FROM removed_building WHERE key = $1', [key])
  }
  return deleted
}

async function deleteSeries(key: number, { table, column, days }: (typeof SERIES)[number]): Promise<number> {
  for (let deleted = 0; ; ) {
    const { rowCount } = await pool().query(
      `DELETE FROM ${table} WHERE building_key = $1 AND ${column} <=
         (SELECT min(${column}) + make_interval(days => $2) FROM ${table} WHERE building_key = $1)`,
      [key, days],
    )
    if (!rowCount) return deleted
    deleted += rowCount
  }
}
