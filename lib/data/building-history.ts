import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { pool } from '@/lib/infra/db'

export interface StoredHour {
  /** Unix seconds. */
  startSeconds: number
  energyWh: number
  coveredSeconds: number
  minWatts: number
  maxWatts: number
}

/** Hourly sums of a building that begin in [fromSeconds, toSeconds), oldest first. */
export async function readHours(buildingKey: number, fromSeconds: number, toSeconds: number): Promise<StoredHour[]> {
  const { rows } = await pool().query<StoredHour>(
    `SELECT extract(epoch FROM hour)::float8 AS "startSeconds", energy_wh AS "energyWh", covered_seconds::float8 AS "coveredSeconds",
       min_watts::float8 AS "minWatts", max_watts::float8 AS "maxWatts"
     FROM power_hour WHERE building_key = $1 AND hour >= to_timestamp($2) AND hour < to_timestamp($3) ORDER BY hour`,
    [buildingKey, fromSeconds, toSeconds],
  )
  return rows
}

export interface StoredRun {
  appliance: Appliance
  /** Unix seconds. */
  startedAt: number
  endedAt: number | null
  energyWh: number
  confidence: number
}

/** Runs that started in [fromSeconds, toSeconds), oldest first. */
export async function readRuns(buildingKey: number, fromSeconds: number, toSeconds: number): Promise<StoredRun[]> {
  const { rows } = await pool().query<Omit<StoredRun, 'appliance'> & { appliance: number }>(
    `SELECT appliance, extract(epoch FROM started_at)::float8 AS "startedAt", extract(epoch FROM ended_at)::float8 AS "endedAt",
       energy_wh AS "energyWh", confidence::float8 AS confidence
     FROM activation WHERE building_key = $1 AND started_at >= to_timestamp($2) AND started_at < to_timestamp($3)
     ORDER BY started_at, appliance`,
    [buildingKey, fromSeconds, toSeconds],
  )
  return rows.flatMap(({ appliance, ...run }) => {
    const name = APPLIANCES[appliance]
    return name ? [{ appliance: name, ...run }] : []
  })
}

/** Whether a building's readings come live; others were imported and end where their files do. */
export async function isLive(buildingKey: number): Promise<boolean> {
  const { rowCount } = await pool().query('SELECT 1 FROM session_checkpoint WHERE building_key = $1', [buildingKey])
  return rowCount === 1
}
