import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { pool } from '@/lib/infra/db'

export interface RunRow {
  /** Unix seconds. */
  startedAt: number
  endedAt: number | null
  energyWh: number
  confidence: number
}

export interface RunMinutesRow extends RunRow {
  endedAt: number
  /** Energy of each minute from the one it started in; a minute without use is 0. */
  minuteWh: number[]
}

/** The newest run of an appliance; null before the first. */
export async function findLastRun(buildingKey: number, appliance: Appliance): Promise<RunRow | null> {
  const { rows } = await pool().query<RunRow>(
    `SELECT extract(epoch FROM started_at)::float8 AS "startedAt", extract(epoch FROM ended_at)::float8 AS "endedAt",
       energy_wh AS "energyWh", confidence
     FROM activation WHERE building_key = $1 AND appliance = $2 ORDER BY started_at DESC LIMIT 1`,
    [buildingKey, APPLIANCES.indexOf(appliance)],
  )
  return rows[0] ?? null
}

/** The newest complete runs since a time with their minutes, newest first; of each no more than six hours of minutes. */
export async function findRunMinutes(
  buildingKey: number,
  appliance: Appliance,
  sinceSeconds: number,
  limit: number,
): Promise<RunMinutesRow[]> {
  const { rows } = await pool().query<Omit<RunMinutesRow, 'minuteWh'> & { minutes: number; offsets: number[]; wh: number[] }>(
    `WITH run AS (
       SELECT started_at, ended_at, energy_wh, confidence, date_trunc('minute', started_at) AS first_minute
       FROM activation WHERE building_key = $1 AND appliance = $2 AND started_at >= to_timestamp($3) AND ended_at > started_at
       ORDER BY started_at DESC LIMIT $4
     )
     SELECT extract(epoch FROM started_at)::float8 AS "startedAt", extract(epoch FROM ended_at)::float8 AS "endedAt",
       energy_wh AS "energyWh", confidence,
       LEAST(360, ceil(extract(epoch FROM ended_at - first_minute) / 60))::int AS minutes,
       used.offsets, used.wh
     FROM run CROSS JOIN LATERAL (
       SELECT COALESCE(array_agg((extract(epoch FROM minute - first_minute) / 60)::int), '{}') AS offsets,
         COALESCE(array_agg(m.energy_wh), '{}') AS wh
       FROM appliance_minute m
       WHERE building_key = $1 AND appliance = $2 AND minute >= first_minute
         AND minute < LEAST(ended_at, first_minute + interval '6 hours')
     ) used ORDER BY started_at DESC`,
    [buildingKey, APPLIANCES.indexOf(appliance), sinceSeconds, limit],
  )
  return rows.map(({ minutes, offsets, wh, ...run }) => {
    const minuteWh = new Array<number>(minutes).fill(0)
    offsets.forEach((offset, index) => (minuteWh[offset] = wh[index] ?? 0))
    return { ...run, minuteWh }
  })
}

export interface HourRow {
  /** Unix seconds. */
  startSeconds: number
  coveredSeconds: number
  energyWh: number
  onSeconds: number
}

/** The measured hours since a time with what the appliance used in each, oldest first. */
export async function readApplianceHours(buildingKey: number, appliance: Appliance, sinceSeconds: number): Promise<HourRow[]> {
  const { rows } = await pool().query<HourRow>(
    `SELECT extract(epoch FROM p.hour)::float8 AS "startSeconds", p.covered_seconds::float8 AS "coveredSeconds",
       COALESCE(a.energy_wh, 0) AS "energyWh", COALESCE(a.on_seconds, 0)::float8 AS "onSeconds"
     FROM power_hour p
     LEFT JOIN appliance_hour a ON a.building_key = p.building_key AND a.hour = p.hour AND a.appliance = $2
     WHERE p.building_key = $1 AND p.hour >= to_timestamp($3) ORDER BY p.hour`,
    [buildingKey, APPLIANCES.indexOf(appliance), sinceSeconds],
  )
  return rows
}

/** When the runs since a time started, Unix seconds, oldest first. */
export async function findRunStarts(buildingKey: number, appliance: Appliance, sinceSeconds: number): Promise<number[]> {
  const { rows } = await pool().query<{ at: number }>(
    `SELECT extract(epoch FROM started_at)::float8 AS at FROM activation
     WHERE building_key = $1 AND appliance = $2 AND started_at >= to_timestamp($3) ORDER BY started_at`,
    [buildingKey, APPLIANCES.indexOf(appliance), sinceSeconds],
  )
  return rows.map(({ at }) => at)
}
