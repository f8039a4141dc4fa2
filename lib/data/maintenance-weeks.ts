import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { ApplianceWeek } from '@/lib/domain/maintenance-week'
import { pool } from '@/lib/infra/db'

export interface BuildingApplianceWeek extends ApplianceWeek {
  buildingKey: number
  appliance: Appliance
}

interface Frame {
  buildingKeys: readonly number[]
  appliances: readonly Appliance[]
  /** Mondays 0:00 at the site, Unix seconds; half open. */
  fromSeconds: number
  toSeconds: number
  timeZone: string
}

/** A minute at this energy is at a kilowatt: an element heats. */
const HEATING_MINUTE_WH = 1000 / 60
/** So that a run's tail of a few warm minutes is no heating. */
const LEAST_HEATING_MINUTES = 3
const RUN_HOURS = 6

/** One query over hours and one over runs. Of the appliances in $6 each run counts by itself, with its minutes of heating. */
const WEEKS = `
  WITH meter AS (
    SELECT building_key, date_trunc('week', hour AT TIME ZONE $5) AT TIME ZONE $5 AS week, sum(covered_seconds)::float8 AS covered
    FROM power_hour WHERE building_key = ANY($1::int[]) AND hour >= to_timestamp($3) AND hour < to_timestamp($4) GROUP BY 1, 2
  ), used AS (
    SELECT building_key, appliance, date_trunc('week', hour AT TIME ZONE $5) AT TIME ZONE $5 AS week, sum(energy_wh) AS wh,
      sum(on_seconds)::float8 AS on_seconds, sum(confidence * on_seconds) / NULLIF(sum(on_seconds), 0) AS confidence,
      CASE WHEN min(model_version_id) = max(model_version_id) THEN min(model_version_id) END AS model
    FROM appliance_hour
    WHERE building_key = ANY($1::int[]) AND appliance = ANY($2::smallint[]) AND hour >= to_timestamp($3) AND hour < to_timestamp($4)
    GROUP BY 1, 2, 3
  ), run AS (
    SELECT building_key, appliance, date_trunc('week', started_at AT TIME ZONE $5) AT TIME ZONE $5 AS week,
      started_at, ended_at, energy_wh
    FROM activation
    WHERE building_key = ANY($1::int[]) AND appliance = ANY($2::smallint[]) AND started_at >= to_timestamp($3)
      AND started_at < to_timestamp($4) AND ended_at > started_at
  ), runs AS (
    SELECT building_key, appliance, week, count(*)::int AS runs,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ended_at - started_at)::float8) AS seconds,
      COALESCE(array_agg(energy_wh) FILTER (WHERE appliance = ANY($6::smallint[])), '{}') AS wh
    FROM run GROUP BY 1, 2, 3
  ), heated AS (
    SELECT r.building_key, r.appliance, r.week, h.minutes
    FROM run r CROSS JOIN LATERAL (
      SELECT count(*)::int AS minutes FROM appliance_minute m
      WHERE m.building_key = r.building_key AND m.appliance = r.appliance AND m.energy_wh >= ${HEATING_MINUTE_WH}
        AND m.minute >= date_trunc('minute', r.started_at)
        AND m.minute < LEAST(r.ended_at, r.started_at + interval '${RUN_HOURS} hours')
    ) h WHERE r.appliance = ANY($6::smallint[]) AND h.minutes >= ${LEAST_HEATING_MINUTES}
  ), heating AS (
    SELECT building_key, appliance, week, array_agg(minutes) AS minutes
    FROM heated GROUP BY 1, 2, 3
  )
  SELECT used.building_key, used.appliance, extract(epoch FROM used.week)::float8 AS start, meter.covered, used.wh,
    used.on_seconds, used.confidence::float8 AS confidence, used.model, COALESCE(runs.runs, 0) AS runs, runs.seconds AS run_seconds,
    COALESCE(runs.wh, '{}') AS runs_wh, COALESCE(heating.minutes, '{}') AS heating_minutes
  FROM used JOIN meter USING (building_key, week)
  LEFT JOIN runs USING (building_key, appliance, week) LEFT JOIN heating USING (building_key, appliance, week)
  ORDER BY used.building_key, used.appliance, used.week`

/**
 * What was measured and estimated of these appliances, week by week, in order; a week without use has no row.
 * @param byRun of which each run counts by itself
 */
export async function readApplianceWeeks(frame: Frame, byRun: readonly Appliance[]): Promise<BuildingApplianceWeek[]> {
  const indices = (appliances: readonly Appliance[]) => appliances.map((appliance) => APPLIANCES.indexOf(appliance))
  const { rows } = await pool().query<{
    building_key: number
    appliance: number
    start: number
    covered: number
    wh: number
    on_seconds: number
    confidence: number | null
    model: number | null
    runs: number
    run_seconds: number | null
    runs_wh: number[]
    heating_minutes: number[]
  }>(WEEKS, [
    frame.buildingKeys, indices(frame.appliances), frame.fromSeconds, frame.toSeconds, frame.timeZone, indices(byRun),
  ])
  return rows.flatMap((row) => {
    const appliance = APPLIANCES[row.appliance]
    if (!appliance) return []
    return [{
      buildingKey: row.building_key,
      appliance,
      startSeconds: row.start,
      coveredSeconds: row.covered,
      energyWh: row.wh,
      onSeconds: row.on_seconds,
      confidence: row.confidence,
      runs: row.runs,
      runSeconds: row.run_seconds,
      runsWh: row.runs_wh,
      heatingMinutes: row.heating_minutes,
      modelVersionId: row.model,
    }]
  })
}

/** The quarters of an hour of one meter, in order, for its always-on load. */
export async function readMeterQuarters(buildingKey: number, fromSeconds: number, toSeconds: number) {
  const { rows } = await pool().query<{ at: number; imported: number; exported: number; covered: number }>(
    `SELECT date_part('epoch', h.hour) + 900 * n AS at,
       COALESCE(h.quarter_imported_wh[n + 1], GREATEST(h.energy_wh, 0) / 4) AS imported,
       COALESCE(h.quarter_exported_wh[n + 1], -LEAST(h.energy_wh, 0) / 4) AS exported,
       COALESCE(h.quarter_covered_seconds[n + 1], h.covered_seconds / 4)::float8 AS covered
     FROM power_hour h CROSS JOIN generate_series(0, 3) AS n
     WHERE h.building_key = $1 AND h.hour >= to_timestamp($2) AND h.hour < to_timestamp($3) ORDER BY 1`,
    [buildingKey, fromSeconds, toSeconds],
  )
  return rows
}
