import { APPLIANCES } from '@/lib/contracts/appliances'
import { ensureModelVersion } from '@/lib/data/model-versions'
import { pool } from '@/lib/infra/db'

const WEEK_SECONDS = 7 * 86_400
const REFRIGERATOR = APPLIANCES.indexOf('Refrigerator')

export interface WornRefrigerator {
  buildingKey: number
  /** Unix seconds, on a local Monday's midnight. */
  toSeconds: number
  weeks: number
  /** By how much of its first duty it grows each week from the eighth on. */
  growth: number
}

/** Writes weeks of a refrigerator whose duty grows, behind a meter that draws a constant kilowatt; what was there of it before goes. */
export async function writeWornRefrigerator({ buildingKey, toSeconds, weeks, growth }: WornRefrigerator): Promise<void> {
  const from = toSeconds - weeks * WEEK_SECONDS
  const hours = weeks * 168
  const model = await ensureModelVersion('test', '1')
  await pool().query('SELECT ensure_partitions(to_timestamp($1), to_timestamp($2))', [from, toSeconds])
  await pool().query('DELETE FROM appliance_hour WHERE building_key = $1', [buildingKey])
  await pool().query(
    `INSERT INTO power_hour SELECT $1, to_timestamp($2::float8 + 3600 * n), 1000, 3600, 100, 2000 FROM generate_series(0, $3 - 1) n
     ON CONFLICT DO NOTHING`,
    [buildingKey, from, hours],
  )
  await pool().query(
    `INSERT INTO appliance_hour (building_key, hour, appliance, energy_wh, on_seconds, confidence, model_version_id)
     SELECT $1, to_timestamp($2::float8 + 3600 * n), $4, duty * 100, duty * 3600, 0.8, $5 FROM generate_series(0, $3 - 1) n
     CROSS JOIN LATERAL (SELECT 0.3 * (1 + $6::float8 * GREATEST(0, n / 168 - 8)) + 0.004 * sin(n / 168 * 2.4) AS duty) d`,
    [buildingKey, from, hours, REFRIGERATOR, model, growth],
  )
  await pool().query(
    `INSERT INTO activation (building_key, appliance, started_at, ended_at, energy_wh, peak_watts, confidence, model_version_id)
     SELECT $1, $4, to_timestamp($2::float8 + 3600 * n), to_timestamp($2::float8 + 3600 * n + 900), 25, 100, 0.8, $5
     FROM generate_series(0, $3 - 1) n ON CONFLICT DO NOTHING`,
    [buildingKey, from, hours, REFRIGERATOR, model],
  )
}
