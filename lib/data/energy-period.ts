import { APPLIANCE_COUNT } from '@/lib/contracts/appliances'
import { pool } from '@/lib/infra/db'

export interface PeriodEnergy {
  /** What the meter measured; negative while more was exported than drawn. */
  meterWh: number
  /** In contract order. */
  applianceWh: number[]
  /** meterWh minus the appliances, so that the three always add up. */
  otherWh: number
  /** Seconds of the period that were measured. */
  coveredSeconds: number
}

/**
 * Energy of one building in [fromSeconds, toSeconds), Unix seconds on whole minutes. Whole hours are read from the hourly
 * rollup up to the last one that the building's checkpoint has passed, the rest from minutes: one statement, one state.
 */
export async function energyBetween(buildingKey: number, fromSeconds: number, toSeconds: number): Promise<PeriodEnergy> {
  const { rows } = await pool().query<{ appliance: number | null; energy_wh: number; covered_seconds: number }>(
    `WITH settled AS (
       -- Hours are rolled up at checkpoints; the models may still settle the minutes of the last two minutes before one.
       SELECT date_trunc('hour', to_timestamp(position) - interval '3 minutes', 'UTC') AS until
       FROM session_checkpoint WHERE building_key = $1
     ), bounds AS (
       SELECT to_timestamp($2) AS from_ts, to_timestamp($3) AS to_ts,
         to_timestamp(ceil($2::float8 / 3600) * 3600) AS first_hour,
         LEAST(to_timestamp(floor($3::float8 / 3600) * 3600), COALESCE((SELECT until FROM settled), '-infinity')) AS end_hour
     ), split AS (
       -- Without a whole settled hour inside, everything comes from minutes.
       SELECT from_ts, to_ts, CASE WHEN end_hour > first_hour THEN first_hour ELSE to_ts END AS hours_from,
         CASE WHEN end_hour > first_hour THEN end_hour ELSE to_ts END AS hours_to FROM bounds
     )
     SELECT NULL::smallint AS appliance, h.energy_wh, h.covered_seconds::float8 FROM split s
       JOIN power_hour h ON h.building_key = $1 AND h.hour >= s.hours_from AND h.hour < s.hours_to
     UNION ALL
     SELECT NULL, m.energy_wh, m.covered_seconds FROM split s
       JOIN power_minute m ON m.building_key = $1 AND m.minute >= s.from_ts AND m.minute < s.to_ts
        AND (m.minute < s.hours_from OR m.minute >= s.hours_to)
     UNION ALL
     SELECT h.appliance, h.energy_wh, 0 FROM split s
       JOIN appliance_hour h ON h.building_key = $1 AND h.hour >= s.hours_from AND h.hour < s.hours_to
     UNION ALL
     SELECT m.appliance, m.energy_wh, 0 FROM split s
       JOIN appliance_minute m ON m.building_key = $1 AND m.minute >= s.from_ts AND m.minute < s.to_ts
        AND (m.minute < s.hours_from OR m.minute >= s.hours_to)`,
    [buildingKey, fromSeconds, toSeconds],
  )
  const applianceWh = new Array<number>(APPLIANCE_COUNT).fill(0)
  let meterWh = 0
  let coveredSeconds = 0
  for (const row of rows) {
    if (row.appliance === null) {
      meterWh += row.energy_wh
      coveredSeconds += row.covered_seconds
    } else {
      applianceWh[row.appliance] = (applianceWh[row.appliance] ?? 0) + row.energy_wh
    }
  }
  return { meterWh, applianceWh, otherWh: meterWh - applianceWh.reduce((sum, wh) => sum + wh, 0), coveredSeconds }
}
