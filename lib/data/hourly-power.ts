import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { pool } from '@/lib/infra/db'
import { SETTLED_HOURS } from './energy-segments'

/** Hours of one building in which something was measured, oldest first. */
export interface BuildingHours {
  buildingKey: number
  /** Unix seconds. */
  startSeconds: number[]
  importedWh: number[]
  exportedWh: number[]
  /** Of an appliance, where one was asked for. */
  applianceWh: number[]
  coveredSeconds: number[]
}

const HOURS = `
  WITH building AS MATERIALIZED (${SETTLED_HOURS}), hours AS (
    SELECT b.key, h.hour AS at,
      COALESCE(h.quarter_imported_wh[1] + h.quarter_imported_wh[2] + h.quarter_imported_wh[3] + h.quarter_imported_wh[4],
        GREATEST(h.energy_wh, 0)) AS imported,
      COALESCE(h.quarter_exported_wh[1] + h.quarter_exported_wh[2] + h.quarter_exported_wh[3] + h.quarter_exported_wh[4],
        -LEAST(h.energy_wh, 0)) AS exported,
      h.covered_seconds::float8 AS covered
    FROM building b JOIN power_hour h ON h.building_key = b.key AND h.hour < b.settled
    WHERE h.hour >= to_timestamp($2) AND h.hour < to_timestamp($3)
    UNION ALL
    SELECT b.key, date_trunc('hour', m.minute, 'UTC'), sum(GREATEST(m.energy_wh, 0)), sum(-LEAST(m.energy_wh, 0)),
      sum(m.covered_seconds)::float8
    FROM building b JOIN power_minute m ON m.building_key = b.key AND m.minute >= b.settled
    WHERE m.minute >= to_timestamp($2) AND m.minute < to_timestamp($3) GROUP BY 1, 2
  ), used AS (
    SELECT b.key, h.hour AS at, h.energy_wh::float8 AS wh
    FROM building b JOIN appliance_hour h ON h.building_key = b.key AND h.hour < b.settled
    WHERE h.appliance = $4 AND h.hour >= to_timestamp($2) AND h.hour < to_timestamp($3)
    UNION ALL
    SELECT b.key, date_trunc('hour', m.minute, 'UTC'), sum(m.energy_wh)
    FROM building b JOIN appliance_minute m ON m.building_key = b.key AND m.minute >= b.settled
    WHERE m.appliance = $4 AND m.minute >= to_timestamp($2) AND m.minute < to_timestamp($3) GROUP BY 1, 2
  )`

/** What these buildings drew and fed in, hour by hour in [fromSeconds, toSeconds), Unix seconds on full hours. */
export async function readHours(
  buildingKeys: readonly number[],
  fromSeconds: number,
  toSeconds: number,
  appliance: Appliance | null = null,
): Promise<BuildingHours[]> {
  const joined = (expression: string, name: string) => `string_agg((${expression})::text, ',' ORDER BY at) AS ${name}`
  const { rows } = await pool().query<Record<'at' | 'imported' | 'exported' | 'used' | 'covered', string> & { key: number }>(
    `${HOURS} SELECT key, ${joined(`date_part('epoch', at)`, 'at')}, ${joined('imported', 'imported')},
       ${joined('exported', 'exported')}, ${joined('COALESCE(wh, 0)', 'used')}, ${joined('covered', 'covered')}
     FROM (SELECT key, at, sum(imported) AS imported, sum(exported) AS exported, sum(covered) AS covered FROM hours GROUP BY 1, 2) h
     LEFT JOIN (SELECT key, at, sum(wh) AS wh FROM used GROUP BY 1, 2) u USING (key, at) GROUP BY key`,
    [buildingKeys, fromSeconds, toSeconds, appliance === null ? -1 : APPLIANCES.indexOf(appliance)],
  )
  const numbers = (text: string) => text.split(',').map(Number)
  return rows.map((row) => ({
    buildingKey: row.key,
    startSeconds: numbers(row.at),
    importedWh: numbers(row.imported),
    exportedWh: numbers(row.exported),
    applianceWh: numbers(row.used),
    coveredSeconds: numbers(row.covered),
  }))
}
