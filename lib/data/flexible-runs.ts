import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { pool } from '@/lib/infra/db'

/** A complete run with what it drew in each quarter of an hour on the clock, from the one it began in. */
export interface FlexibleRunRow {
  buildingKey: number
  appliance: Appliance
  /** Unix seconds. */
  startedAt: number
  endedAt: number
  confidence: number
  quarterStartSeconds: number[]
  quarterWh: number[]
}

/**
 * Complete runs that began in [fromSeconds, toSeconds), Unix seconds, oldest first. One that somebody said was something else is
 * left out.
 */
export async function findFlexibleRuns(
  buildingKeys: readonly number[],
  appliances: readonly Appliance[],
  fromSeconds: number,
  toSeconds: number,
): Promise<FlexibleRunRow[]> {
  const { rows } = await pool().query<Omit<FlexibleRunRow, 'appliance'> & { appliance: number }>(
    `SELECT a.building_key AS "buildingKey", a.appliance, extract(epoch FROM a.started_at)::float8 AS "startedAt",
       extract(epoch FROM a.ended_at)::float8 AS "endedAt", a.confidence, used.quarters AS "quarterStartSeconds", used.wh AS "quarterWh"
     FROM activation a CROSS JOIN LATERAL (
       SELECT COALESCE(array_agg(at ORDER BY at), '{}') AS quarters, COALESCE(array_agg(wh ORDER BY at), '{}') AS wh
       FROM (
         SELECT floor(date_part('epoch', m.minute) / 900) * 900 AS at, sum(m.energy_wh)::float8 AS wh
         FROM appliance_minute m WHERE m.building_key = a.building_key AND m.appliance = a.appliance
           AND m.minute >= date_trunc('minute', a.started_at) AND m.minute < a.ended_at GROUP BY 1
       ) quarter
     ) used
     WHERE a.building_key = ANY($1::int[]) AND a.appliance = ANY($2::smallint[])
       AND a.started_at >= to_timestamp($3) AND a.started_at < to_timestamp($4) AND a.ended_at > a.started_at
       AND NOT EXISTS (
         SELECT 1 FROM run_label l WHERE l.building_key = a.building_key AND l.estimated_appliance = a.appliance
           AND l.true_appliance IS DISTINCT FROM l.estimated_appliance
           AND l.started_at < a.ended_at AND l.ended_at > a.started_at)
     ORDER BY a.started_at, a.appliance`,
    [buildingKeys, appliances.map((appliance) => APPLIANCES.indexOf(appliance)), fromSeconds, toSeconds],
  )
  return rows.flatMap(({ appliance, ...row }) => {
    const name = APPLIANCES[appliance]
    return name ? [{ ...row, appliance: name }] : []
  })
}

export interface RunTimes {
  appliance: Appliance
  /** Unix seconds. */
  startedAt: number
  endedAt: number
}

/** When complete runs began and ended, oldest first. */
export async function findRunTimes(
  buildingKeys: readonly number[],
  appliances: readonly Appliance[],
  fromSeconds: number,
  toSeconds: number,
): Promise<RunTimes[]> {
  const { rows } = await pool().query<{ appliance: number; startedAt: number; endedAt: number }>(
    `SELECT appliance, extract(epoch FROM started_at)::float8 AS "startedAt", extract(epoch FROM ended_at)::float8 AS "endedAt"
     FROM activation WHERE building_key = ANY($1::int[]) AND appliance = ANY($2::smallint[])
       AND started_at >= to_timestamp($3) AND started_at < to_timestamp($4) AND ended_at > started_at ORDER BY activation.started_at`,
    [buildingKeys, appliances.map((appliance) => APPLIANCES.indexOf(appliance)), fromSeconds, toSeconds],
  )
  return rows.flatMap(({ appliance, ...times }) => {
    const name = APPLIANCES[appliance]
    return name ? [{ ...times, appliance: name }] : []
  })
}

export interface BegunRun {
  buildingKey: number
  appliance: Appliance
  /** Unix seconds. */
  startedAt: number
  isRunning: boolean
}

/** Runs that began from then on, ended or not, oldest first. */
export async function findBegunRuns(
  buildingKeys: readonly number[],
  appliances: readonly Appliance[],
  fromSeconds: number,
): Promise<BegunRun[]> {
  const { rows } = await pool().query<{ buildingKey: number; appliance: number; startedAt: number; isRunning: boolean }>(
    `SELECT building_key AS "buildingKey", appliance, extract(epoch FROM started_at)::float8 AS "startedAt", ended_at IS NULL AS "isRunning"
     FROM activation WHERE building_key = ANY($1::int[]) AND appliance = ANY($2::smallint[]) AND started_at >= to_timestamp($3)
     ORDER BY activation.started_at`,
    [buildingKeys, appliances.map((appliance) => APPLIANCES.indexOf(appliance)), fromSeconds],
  )
  return rows.flatMap(({ appliance, ...run }) => {
    const name = APPLIANCES[appliance]
    return name ? [{ ...run, appliance: name }] : []
  })
}
