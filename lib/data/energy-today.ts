import { TODAY_BIN_SECONDS, type TodaySums } from '@/lib/domain/today'
import { pool } from '@/lib/infra/db'

interface Row {
  kind: 'meter' | 'appliance' | 'open'
  building_key: number
  bin: number | null
  appliance: number | null
  /** Wh, or for an open run its start in Unix seconds. */
  value: number
  covered_seconds: number | null
}

/**
 * Sums of the minutes in [startSeconds, endSeconds) and the runs in progress, per building key. One statement, so that meter
 * and appliances come from the same state of the database. A building without rows is absent from the answer.
 */
export async function energySince(
  buildingKeys: readonly number[],
  startSeconds: number,
  endSeconds: number,
): Promise<Map<number, TodaySums>> {
  const sums = new Map<number, TodaySums>()
  if (buildingKeys.length === 0) return sums
  const { rows } = await pool().query<Row>({
    name: 'energy-since',
    text: `
      SELECT 'meter' AS kind, building_key, floor((extract(epoch FROM minute) - $2) / $4)::int AS bin,
        NULL::smallint AS appliance, sum(energy_wh) AS value, sum(covered_seconds)::float8 AS covered_seconds
      FROM power_minute
      WHERE building_key = ANY($1::int[]) AND minute >= to_timestamp($2) AND minute < to_timestamp($3)
      GROUP BY building_key, bin
      UNION ALL
      SELECT 'appliance', building_key, floor((extract(epoch FROM minute) - $2) / $4)::int AS bin,
        appliance, sum(energy_wh), NULL
      FROM appliance_minute
      WHERE building_key = ANY($1::int[]) AND minute >= to_timestamp($2) AND minute < to_timestamp($3)
      GROUP BY building_key, bin, appliance
      UNION ALL
      SELECT 'open', building_key, NULL, appliance, extract(epoch FROM max(started_at))::float8, NULL
      FROM activation
      WHERE building_key = ANY($1::int[]) AND ended_at IS NULL
      GROUP BY building_key, appliance`,
    values: [buildingKeys, startSeconds, endSeconds, TODAY_BIN_SECONDS],
  })
  for (const row of rows) {
    let building = sums.get(row.building_key)
    if (!building) sums.set(row.building_key, (building = { meter: [], appliances: [], openRuns: [] }))
    if (row.kind === 'meter' && row.bin !== null) {
      building.meter.push({ bin: row.bin, energyWh: row.value, coveredSeconds: row.covered_seconds ?? 0 })
    } else if (row.kind === 'appliance' && row.bin !== null && row.appliance !== null) {
      building.appliances.push({ bin: row.bin, appliance: row.appliance, energyWh: row.value })
    } else if (row.kind === 'open' && row.appliance !== null) {
      building.openRuns.push({ appliance: row.appliance, startedAtSeconds: row.value })
    }
  }
  return sums
}
