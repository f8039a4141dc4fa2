import type { AlertSeverity } from '@/lib/contracts/alerts'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { pool } from '@/lib/infra/db'

/** Mean power of a minute over all of some buildings. */
export interface MinutePower {
  /** Unix seconds. */
  minuteSeconds: number
  watts: number
  /** Of the buildings asked for, how many measured most of the minute. */
  buildings: number
}

/** Of a minute of which less is measured, the mean says little. */
const LEAST_COVERED_SECONDS = 30

/** Sums of the minutes in [fromSeconds, toSeconds), oldest first; those without readings are absent. */
export async function readMinutePower(
  buildingKeys: readonly number[],
  fromSeconds: number,
  toSeconds: number,
): Promise<MinutePower[]> {
  const { rows } = await pool().query<MinutePower>(
    `SELECT extract(epoch FROM minute)::float8 AS "minuteSeconds", sum(energy_wh * 3600 / covered_seconds)::float8 AS watts,
       count(*)::int AS buildings
     FROM power_minute WHERE building_key = ANY($1::int[]) AND minute >= to_timestamp($2) AND minute < to_timestamp($3)
       AND covered_seconds >= $4
     GROUP BY minute ORDER BY minute`,
    [buildingKeys, fromSeconds, toSeconds, LEAST_COVERED_SECONDS],
  )
  return rows
}

/** When the newest stored reading of each building is of, Unix seconds; a building without any is absent. */
export async function newestReadings(buildingKeys: readonly number[]): Promise<Map<number, number>> {
  const { rows } = await pool().query<{ key: number; at: number | null }>(
    `SELECT k AS key, (SELECT extract(epoch FROM ts)::float8 FROM power_raw WHERE building_key = k ORDER BY ts DESC LIMIT 1) AS at
     FROM unnest($1::int[]) AS k`,
    [buildingKeys],
  )
  return new Map(rows.flatMap(({ key, at }) => (at === null ? [] : [[key, at] as const])))
}

/** When the first stored reading after a moment (Unix seconds) is of, by building; a building without any is absent. */
export async function readingsAfter(buildings: readonly { key: number; since: number }[]): Promise<Map<number, number>> {
  if (buildings.length === 0) return new Map()
  const { rows } = await pool().query<{ key: number; at: number | null }>(
    `SELECT k AS key, (SELECT extract(epoch FROM ts)::float8 FROM power_raw WHERE building_key = k
       AND ts > to_timestamp(s) + interval '1 millisecond' ORDER BY ts LIMIT 1) AS at
     FROM unnest($1::int[], $2::float8[]) AS u(k, s)`,
    [buildings.map(({ key }) => key), buildings.map(({ since }) => since)],
  )
  return new Map(rows.flatMap(({ key, at }) => (at === null ? [] : [[key, at] as const])))
}

export interface Run {
  buildingKey: number
  startedAt: number
  /** null while it goes on. */
  endedAt: number | null
}

/** How far back it is looked for runs that ended, so that few partitions are read. */
const LONGEST_RUN_DAYS = 14

/** Runs of an appliance that go on, or ended after a time; oldest first. */
export async function readRuns(buildingKeys: readonly number[], appliance: Appliance, endedAfterSeconds: number): Promise<Run[]> {
  const { rows } = await pool().query<Run>(
    `SELECT building_key AS "buildingKey", extract(epoch FROM started_at)::float8 AS "startedAt",
       extract(epoch FROM ended_at)::float8 AS "endedAt"
     FROM activation WHERE building_key = ANY($1::int[]) AND appliance = $2
       AND (ended_at IS NULL OR (ended_at > to_timestamp($3) AND started_at > to_timestamp($3) - make_interval(days => $4)))
     ORDER BY activation.started_at`,
    [buildingKeys, APPLIANCES.indexOf(appliance), endedAfterSeconds, LONGEST_RUN_DAYS],
  )
  return rows
}

/** When an appliance last ran in each building (now, where it runs), Unix seconds; a building in which it never did is absent. */
export async function lastRunEnds(
  buildingKeys: readonly number[],
  appliance: Appliance,
  nowSeconds: number,
): Promise<Map<number, number>> {
  // The newest alone: the scan goes back over the months and ends with the first it finds.
  const { rows } = await pool().query<{ key: number; at: number }>(
    `SELECT k AS key, extract(epoch FROM COALESCE(newest.ended_at, to_timestamp($3)))::float8 AS at
     FROM unnest($1::int[]) AS k CROSS JOIN LATERAL (
       SELECT ended_at FROM activation WHERE building_key = k AND appliance = $2 ORDER BY started_at DESC LIMIT 1
     ) newest`,
    [buildingKeys, APPLIANCES.indexOf(appliance), nowSeconds],
  )
  return new Map(rows.map(({ key, at }) => [key, at]))
}

export interface FoundAnomaly {
  id: string
  buildingKey: number
  /** Unix seconds; `foundAt`: when it was stored. */
  startedAt: number
  lastSeenAt: number
  foundAt: number
  isOpen: boolean
  severity: AlertSeverity
  value: number
  expectedValue: number
}

/** Anomalies of a site of these severities that were the case or found after a time, Unix seconds, and those named, whatever they are by now. */
export async function readAnomalies(
  siteId: string,
  severities: readonly string[],
  sinceSeconds: number,
  ids: readonly string[],
): Promise<FoundAnomaly[]> {
  const { rows } = await pool().query<FoundAnomaly>(
    `SELECT id, building_key AS "buildingKey", extract(epoch FROM started_at)::float8 AS "startedAt",
       extract(epoch FROM last_seen_at)::float8 AS "lastSeenAt", extract(epoch FROM created_at)::float8 AS "foundAt",
       (status = 'open' OR (status = 'snoozed' AND snoozed_until <= now())) AS "isOpen", severity, value, expected_value AS "expectedValue"
     FROM anomaly WHERE site_id = $1 AND (id = ANY($4)
       OR (severity = ANY($2) AND (last_seen_at > to_timestamp($3) OR created_at > to_timestamp($3)))) ORDER BY id`,
    [siteId, severities, sinceSeconds, ids],
  )
  return rows
}

/** Seconds measured in whole hours of [fromSeconds, toSeconds), by building. */
export async function coveredSeconds(
  buildingKeys: readonly number[],
  fromSeconds: number,
  toSeconds: number,
): Promise<Map<number, number>> {
  const { rows } = await pool().query<{ key: number; seconds: number }>(
    `SELECT building_key AS key, sum(covered_seconds)::float8 AS seconds FROM power_hour
     WHERE building_key = ANY($1::int[]) AND hour >= to_timestamp($2) AND hour < to_timestamp($3) GROUP BY building_key`,
    [buildingKeys, fromSeconds, toSeconds],
  )
  return new Map(rows.map(({ key, seconds }) => [key, seconds]))
}
