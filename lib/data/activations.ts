import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { pool } from '@/lib/infra/db'

export interface ActivationRow {
  buildingKey: number
  appliance: Appliance
  /** Unix seconds. */
  startedAt: number
  endedAt: number | null
  energyWh: number
  confidence: number
}

/** How far back it is looked for runs that reach into a time; one in progress is found however long it has been. */
const LOOK_BACK_DAYS = 14

/**
 * Estimated runs of these appliances in these buildings that started before a time, newest first. Unix seconds.
 * @param endedAfterSeconds leaves out what was over by then
 */
export async function findRecentActivations(
  buildingKeys: readonly number[],
  beforeSeconds: number,
  limit: number,
  appliances: readonly Appliance[],
  endedAfterSeconds?: number,
): Promise<ActivationRow[]> {
  const { rows } = await pool().query<{
    building_key: number
    appliance: number
    started_at: number
    ended_at: number | null
    energy_wh: number
    confidence: number
  }>(
    `SELECT building_key, appliance, extract(epoch FROM started_at)::float8 AS started_at,
       extract(epoch FROM ended_at)::float8 AS ended_at, energy_wh, confidence
     FROM activation WHERE building_key = ANY($1::int[]) AND started_at < to_timestamp($2)
       AND appliance = ANY($4::smallint[])
       AND ($5::float8 IS NULL OR ended_at IS NULL
         OR (ended_at > to_timestamp($5) AND started_at > to_timestamp($5) - make_interval(days => $6)))
     ORDER BY activation.started_at DESC, appliance LIMIT $3`,
    [
      buildingKeys,
      beforeSeconds,
      limit,
      appliances.map((appliance) => APPLIANCES.indexOf(appliance)),
      endedAfterSeconds ?? null,
      LOOK_BACK_DAYS,
    ],
  )
  return rows.flatMap((row) => {
    const appliance = APPLIANCES[row.appliance]
    if (!appliance) return []
    return [{
      buildingKey: row.building_key,
      appliance,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      energyWh: row.energy_wh,
      confidence: row.confidence,
    }]
  })
}
