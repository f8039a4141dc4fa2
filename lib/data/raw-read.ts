import type { Pool, PoolClient } from 'pg'
import type { OrderedReading, SessionCheckpoint } from '@/lib/nilm/session-types'

interface RawReadingRow {
  ts: number
  power_watts: number
}

/**
 * Stored readings with fromSeconds < time <= toSeconds, oldest first. Unix seconds.
 * `inOrderOnly` leaves out those that arrived late, which the models never saw in order.
 */
export async function readRaw(
  database: Pool | PoolClient,
  buildingKey: number,
  fromSeconds: number,
  toSeconds: number,
  { inOrderOnly }: { inOrderOnly: boolean },
): Promise<OrderedReading[]> {
  const result = await database.query<RawReadingRow>(
    `SELECT extract(epoch FROM ts)::float8 AS ts, power_watts FROM power_raw
     WHERE building_key = $1 AND ts > to_timestamp($2) AND ts <= to_timestamp($3) AND (NOT $4 OR NOT late)
     ORDER BY power_raw.ts`,
    [buildingKey, fromSeconds, toSeconds, inOrderOnly],
  )
  return result.rows.map((row) => ({ timestampSeconds: row.ts, powerWatts: row.power_watts }))
}

/** Time of the newest in-order reading, Unix seconds; null where there is none. */
export async function newestRawSeconds(database: Pool | PoolClient, buildingKey: number): Promise<number | null> {
  const result = await database.query<{ ts: number | null }>(
    `SELECT extract(epoch FROM max(ts))::float8 AS ts FROM power_raw WHERE building_key = $1 AND NOT late`,
    [buildingKey],
  )
  return result.rows[0]?.ts ?? null
}

export async function readCheckpoint(database: Pool | PoolClient, buildingKey: number): Promise<SessionCheckpoint | null> {
  const result = await database.query<{ state: SessionCheckpoint }>(
    'SELECT state FROM session_checkpoint WHERE building_key = $1',
    [buildingKey],
  )
  return result.rows[0]?.state ?? null
}

/** How many of these readings are stored as they are: same building, time and watts. */
export async function countStored(
  database: Pool | PoolClient,
  buildingKey: number,
  readings: readonly OrderedReading[],
): Promise<number> {
  const result = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM UNNEST($2::float8[], $3::real[]) AS s(t, p)
     JOIN power_raw r ON r.building_key = $1 AND r.ts = to_timestamp(s.t) AND r.power_watts = s.p AND NOT r.late`,
    [buildingKey, readings.map((reading) => reading.timestampSeconds), readings.map((reading) => reading.powerWatts)],
  )
  return result.rows[0]?.count ?? 0
}
