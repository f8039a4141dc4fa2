import { pool } from '@/lib/infra/db'

export interface BuildingKey {
  /** Compact key of the time series. */
  key: number
  simulated: boolean
}

const SELECT_BUILDING = 'SELECT key, simulated FROM building WHERE id = $1'

/**
 * The building's key, registering a building that was never heard of: it gets a site of its own without members, so that an
 * administrator sees it and nobody else does. Time zone, currency and price are taken from the oldest site.
 */
export async function ensureBuilding(buildingId: string): Promise<BuildingKey> {
  const found = await pool().query<BuildingKey>(SELECT_BUILDING, [buildingId])
  if (found.rows[0]) return found.rows[0]
  await pool().query(
    `WITH defaults AS (
       SELECT time_zone, currency, price_per_kwh FROM site ORDER BY created_at, id LIMIT 1
     ), new_site AS (
       INSERT INTO site (id, name, time_zone, currency, price_per_kwh)
       SELECT $2, $1, COALESCE((SELECT time_zone FROM defaults), 'UTC'), COALESCE((SELECT currency FROM defaults), 'EUR'),
              COALESCE((SELECT price_per_kwh FROM defaults), 0)
       ON CONFLICT (id) DO NOTHING
     )
     INSERT INTO building (id, site_id, name) VALUES ($1, $2, $1)
     ON CONFLICT (id) DO NOTHING`,
    // Named after the building, so that two processes that hear of it at once make one site.
    [buildingId, `site_of_${buildingId}`],
  )
  const created = await pool().query<BuildingKey>(SELECT_BUILDING, [buildingId])
  const row = created.rows[0]
  if (!row) throw new Error(`Building ${buildingId} could not be registered`)
  return row
}

/** A building with the zone of its site; null where it is gone. */
export async function findBuildingByKey(key: number): Promise<{ id: string; timeZone: string } | null> {
  const { rows } = await pool().query<{ id: string; timeZone: string }>(
    `SELECT b.id, COALESCE(s.time_zone, 'UTC') AS "timeZone" FROM building b
     LEFT JOIN site s ON s.id = b.site_id WHERE b.key = $1`,
    [key],
  )
  return rows[0] ?? null
}
