import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { pool } from '@/lib/infra/db'

export interface ApplianceAverage {
  buildingKey: number
  appliance: Appliance
  /** Mean over the measured part of the 24 hours before; null where nothing was measured. */
  averagePowerWatts: number | null
  /** Weighted by the time it was on; null where it was not. */
  confidence: number | null
  /** When it last drew anything, Unix seconds. */
  lastSeconds: number
}

/** The appliances that were ever estimated to draw anything in these buildings, in contract order, with their last 24 hours. */
export async function findApplianceAverages(buildingKeys: readonly number[], nowSeconds: number): Promise<ApplianceAverage[]> {
  const { rows } = await pool().query<Omit<ApplianceAverage, 'appliance'> & { appliance: number }>(
    `WITH meter AS (
       SELECT building_key, sum(covered_seconds)::float8 AS covered FROM power_minute
       WHERE building_key = ANY($1::int[]) AND minute >= to_timestamp($2) - interval '24 hours' AND minute < to_timestamp($2)
       GROUP BY building_key
     ), recent AS (
       SELECT building_key, appliance, sum(energy_wh) AS energy_wh, max(minute) + interval '1 minute' AS last_at,
         sum(confidence * on_seconds) / NULLIF(sum(on_seconds), 0) AS confidence
       FROM appliance_minute
       WHERE building_key = ANY($1::int[]) AND minute >= to_timestamp($2) - interval '24 hours' AND minute < to_timestamp($2)
       GROUP BY building_key, appliance
     )
     SELECT b AS "buildingKey", a AS appliance,
       COALESCE(recent.energy_wh, 0) * 3600 / NULLIF(meter.covered, 0) AS "averagePowerWatts",
       COALESCE(recent.confidence, run.confidence)::float8 AS confidence,
       extract(epoch FROM GREATEST(recent.last_at, run.last_at))::float8 AS "lastSeconds"
     FROM UNNEST($1::int[]) AS u(b) CROSS JOIN generate_series(0, $3::int) AS v(a)
     LEFT JOIN meter ON meter.building_key = b
     LEFT JOIN recent ON recent.building_key = b AND recent.appliance = a
     LEFT JOIN LATERAL (SELECT COALESCE(ended_at, started_at) AS last_at, confidence FROM activation
                        WHERE building_key = b AND activation.appliance = a ORDER BY started_at DESC LIMIT 1) run ON true
     WHERE GREATEST(recent.last_at, run.last_at) IS NOT NULL ORDER BY b, a`,
    [buildingKeys, nowSeconds, APPLIANCES.length - 1],
  )
  return rows.flatMap((row) => {
    const appliance = APPLIANCES[row.appliance]
    return appliance ? [{ ...row, appliance }] : []
  })
}
