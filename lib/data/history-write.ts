import type { Pool, PoolClient } from 'pg'
import { APPLIANCES } from '@/lib/contracts/appliances'
import type { SessionCheckpoint } from '@/lib/nilm/session-types'

/** Where a building's live session stands. */
export interface LivePosition {
  /** Time of the newest reading its checkpoint includes, Unix seconds. */
  positionSeconds: number
  /** Since the checkpoint was written. */
  ageSeconds: number
}

export async function readLivePosition(database: Pool | PoolClient, buildingKey: number): Promise<LivePosition | null> {
  const { rows } = await database.query<LivePosition>(
    `SELECT position AS "positionSeconds", extract(epoch FROM now() - updated_at)::float8 AS "ageSeconds"
     FROM session_checkpoint WHERE building_key = $1`,
    [buildingKey],
  )
  return rows[0] ?? null
}

/** Ends a session that nobody continues any more: what follows its position was brought in from elsewhere. */
export async function deleteCheckpoint(client: PoolClient, buildingKey: number, positionSeconds: number): Promise<boolean> {
  const { rowCount } = await client.query('DELETE FROM session_checkpoint WHERE building_key = $1 AND position = $2', [
    buildingKey,
    positionSeconds,
  ])
  return rowCount === 1
}

/** Lets live readings go on from here, unless a session goes on already. */
export async function createCheckpoint(client: PoolClient, buildingKey: number, checkpoint: SessionCheckpoint): Promise<void> {
  await client.query(
    `INSERT INTO session_checkpoint (building_key, position, state, updated_at) VALUES ($1, $2, $3, now())
     ON CONFLICT DO NOTHING`,
    [buildingKey, checkpoint.positionSeconds, JSON.stringify(checkpoint)],
  )
}

/** A run as stored; Unix seconds. */
export interface StoredRun {
  startedAt: number
  /** null while it goes on. */
  endedAt: number | null
}

/** Runs that were on at a time or ended just before. */
export async function runsAround(
  database: Pool | PoolClient,
  buildingKey: number,
  atSeconds: number,
  slackSeconds: number,
): Promise<StoredRun[]> {
  const { rows } = await database.query<StoredRun>(
    `SELECT extract(epoch FROM started_at)::float8 AS "startedAt", extract(epoch FROM ended_at)::float8 AS "endedAt"
     FROM activation
     WHERE building_key = $1 AND started_at < to_timestamp($2) AND started_at > to_timestamp($2) - interval '1 day'
       AND (ended_at IS NULL OR ended_at >= to_timestamp($2 - $3::float8))`,
    [buildingKey, atSeconds, slackSeconds],
  )
  return rows
}

/** Covered seconds of the stored minutes in [fromSeconds, toSeconds), by the minute's start. */
export async function minuteCoverage(
  database: Pool | PoolClient,
  buildingKey: number,
  fromSeconds: number,
  toSeconds: number,
): Promise<Map<number, number>> {
  const { rows } = await database.query<{ minute: number; covered: number }>(
    `SELECT extract(epoch FROM minute)::float8 AS minute, covered_seconds AS covered FROM power_minute
     WHERE building_key = $1 AND minute >= to_timestamp($2) AND minute < to_timestamp($3)`,
    [buildingKey, fromSeconds, toSeconds],
  )
  return new Map(rows.map(({ minute, covered }) => [minute, covered]))
}

/** Removes runs that began in [fromSeconds, toSeconds) but those named, by appliance and start, and those in these minutes. */
export async function deleteOtherRuns(
  client: PoolClient,
  buildingKey: number,
  fromSeconds: number,
  toSeconds: number,
  kept: readonly { appliance: (typeof APPLIANCES)[number]; startedAtSeconds: number }[],
  keptMinutes: readonly number[],
): Promise<void> {
  await client.query(
    `DELETE FROM activation a WHERE building_key = $1 AND started_at >= to_timestamp($2) AND started_at < to_timestamp($3)
       AND NOT EXISTS (SELECT 1 FROM UNNEST($4::smallint[], $5::float8[]) AS k(appliance, started)
         WHERE k.appliance = a.appliance AND to_timestamp(k.started) = a.started_at)
       AND NOT date_trunc('minute', a.started_at) = ANY(SELECT to_timestamp(m) FROM UNNEST($6::float8[]) AS m)`,
    [
      buildingKey,
      fromSeconds,
      toSeconds,
      kept.map(({ appliance }) => APPLIANCES.indexOf(appliance)),
      kept.map(({ startedAtSeconds }) => startedAtSeconds),
      keptMinutes,
    ],
  )
}

/** Times of stored readings after one, oldest first; Unix seconds. */
export async function nextReadingAfter(
  database: Pool | PoolClient,
  buildingKey: number,
  afterSeconds: number,
): Promise<number | null> {
  const { rows } = await database.query<{ ts: number | null }>(
    `SELECT extract(epoch FROM min(ts))::float8 AS ts FROM power_raw WHERE building_key = $1 AND ts > to_timestamp($2)`,
    [buildingKey, afterSeconds],
  )
  return rows[0]?.ts ?? null
}
