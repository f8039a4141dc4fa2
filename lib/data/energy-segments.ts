import { APPLIANCES } from '@/lib/contracts/appliances'
import type { SegmentSums } from '@/lib/domain/energy-account'
import type { EnergyPlan } from '@/lib/domain/energy-plan'
import { pool } from '@/lib/infra/db'

interface SumRow {
  building_key: number | null
  appliance: number | null
  /** Comma-separated, aligned with each other: far cheaper to read than arrays or rows. */
  segments: string
  imported: string
  exported: string
  covered: string
}

/**
 * Up to which hour (exclusive) the hourly sums of a building hold: hours are rolled up at checkpoints, and the models may still
 * settle the minutes of the last two before one. A building without a checkpoint was imported, hours and all.
 * Expects building keys in $1.
 */
export const SETTLED_HOURS = `
  SELECT b.key, COALESCE(
    (SELECT date_trunc('hour', to_timestamp(position) - interval '3 minutes', 'UTC') FROM session_checkpoint WHERE building_key = b.key),
    (SELECT max(hour) + interval '1 hour' FROM power_hour WHERE building_key = b.key),
    '-infinity'::timestamptz) AS settled
  FROM unnest($1::int[]) AS b(key)`

const METER_HOURS = `
  SELECT date_part('epoch', h.hour) AS at,
    COALESCE(h.quarter_imported_wh[1] + h.quarter_imported_wh[2] + h.quarter_imported_wh[3] + h.quarter_imported_wh[4],
      GREATEST(h.energy_wh, 0)) AS imported,
    COALESCE(h.quarter_exported_wh[1] + h.quarter_exported_wh[2] + h.quarter_exported_wh[3] + h.quarter_exported_wh[4],
      -LEAST(h.energy_wh, 0)) AS exported,
    h.covered_seconds::float8 AS covered
  FROM building b JOIN power_hour h ON h.building_key = b.key AND h.hour < b.settled
  WHERE h.hour >= to_timestamp($2) AND h.hour < to_timestamp($3)`

const METER_QUARTERS = `
  SELECT date_part('epoch', h.hour) + 900 * n AS at,
    COALESCE(h.quarter_imported_wh[n + 1], GREATEST(h.energy_wh, 0) / 4) AS imported,
    COALESCE(h.quarter_exported_wh[n + 1], -LEAST(h.energy_wh, 0) / 4) AS exported,
    COALESCE(h.quarter_covered_seconds[n + 1], h.covered_seconds / 4)::float8 AS covered
  FROM building b JOIN power_hour h ON h.building_key = b.key AND h.hour < b.settled CROSS JOIN generate_series(0, 3) AS n
  WHERE h.hour >= to_timestamp($2) - interval '1 hour' AND h.hour < to_timestamp($3)`

const APPLIANCE_HOURS = `
  SELECT b.key, h.appliance, date_part('epoch', h.hour) AS at, h.energy_wh AS wh
  FROM building b JOIN appliance_hour h ON h.building_key = b.key AND h.hour < b.settled
  WHERE h.hour >= to_timestamp($2) AND h.hour < to_timestamp($3)`

const APPLIANCE_QUARTERS = `
  SELECT b.key, h.appliance, date_part('epoch', h.hour) + 900 * n AS at, COALESCE(h.quarter_energy_wh[n + 1], h.energy_wh / 4) AS wh
  FROM building b JOIN appliance_hour h ON h.building_key = b.key AND h.hour < b.settled CROSS JOIN generate_series(0, 3) AS n
  WHERE h.hour >= to_timestamp($2) - interval '1 hour' AND h.hour < to_timestamp($3)`

/** Minutes that no hour holds yet. */
const minutesOf = (table: 'power_minute' | 'appliance_minute') => `
  FROM building b JOIN ${table} m ON m.building_key = b.key AND m.minute >= b.settled
  WHERE m.minute >= to_timestamp($2) AND m.minute < to_timestamp($3)`

/** $5: quarters that a border runs through; they are told by their minutes. */
const withoutCutQuarters = (source: string) => `SELECT * FROM (${source}) whole WHERE at <> ALL($5::float8[])`
const minutesOfCutQuarters = (table: 'power_minute' | 'appliance_minute') => `
  FROM building b CROSS JOIN unnest($5::float8[]) AS cut(at) JOIN ${table} m ON m.building_key = b.key AND m.minute < b.settled
    AND m.minute >= to_timestamp(cut.at) AND m.minute < to_timestamp(cut.at + 900)`

/** $4: the starts of all segments and the end of the last. What lies before or after them falls out. */
const inSegments = (columns: string, source: string, group: string) => `
  SELECT ${columns} FROM (SELECT *, width_bucket(at, $4::float8[]) AS segment FROM (${source}) s) s
  WHERE segment BETWEEN 1 AND cardinality($4::float8[]) - 1 GROUP BY ${group}`

function statement(step: 'hour' | 'quarter' | 'minute'): string {
  const meterMinutes = `SELECT date_part('epoch', m.minute), GREATEST(m.energy_wh, 0), -LEAST(m.energy_wh, 0), m.covered_seconds`
  const applianceMinutes = `SELECT b.key, m.appliance, date_part('epoch', m.minute), m.energy_wh`
  const isCut = step === 'minute'
  const meterQuarters = isCut ? withoutCutQuarters(METER_QUARTERS) : METER_QUARTERS
  const applianceQuarters = isCut ? withoutCutQuarters(APPLIANCE_QUARTERS) : APPLIANCE_QUARTERS
  const meter = `${step === 'hour' ? METER_HOURS : meterQuarters}
    UNION ALL ${meterMinutes} ${minutesOf('power_minute')}
    ${isCut ? `UNION ALL ${meterMinutes} ${minutesOfCutQuarters('power_minute')}` : ''}`
  const appliances = `${step === 'hour' ? APPLIANCE_HOURS : applianceQuarters}
    UNION ALL ${applianceMinutes} ${minutesOf('appliance_minute')}
    ${isCut ? `UNION ALL ${applianceMinutes} ${minutesOfCutQuarters('appliance_minute')}` : ''}`
  const joined = (column: string) => `string_agg(${column}::text, ',' ORDER BY segment) AS ${column}`
  return `WITH building AS MATERIALIZED (${SETTLED_HOURS})
    SELECT NULL::int AS building_key, NULL::smallint AS appliance, string_agg(segment::text, ',' ORDER BY segment) AS segments,
      ${joined('imported')}, ${joined('exported')}, ${joined('covered')}
    FROM (${inSegments('segment, sum(imported) AS imported, sum(exported) AS exported, sum(covered) AS covered', meter, 'segment')}) t
    HAVING count(*) > 0
    UNION ALL
    SELECT key, appliance, string_agg(segment::text, ',' ORDER BY segment), string_agg(wh::text, ',' ORDER BY segment), '', ''
    FROM (${inSegments('key, appliance, segment, sum(wh) AS wh', appliances, 'key, appliance, segment')}) t
    GROUP BY key, appliance`
}

// Without names: a prepared statement would soon get a plan made for any period, which reads every partition.
const BY_HOUR = statement('hour')
const BY_QUARTER = statement('quarter')
const BY_MINUTE = statement('minute')

/** The stored energy of some buildings, summed per segment of a plan: one statement, one state of the database. */
export async function sumSegments(
  buildingKeys: readonly number[],
  plan: EnergyPlan,
): Promise<Omit<SegmentSums, 'measuredBuildings'>> {
  const count = plan.segments.length
  const sums = {
    importedWh: new Float64Array(count),
    exportedWh: new Float64Array(count),
    coveredSeconds: new Float64Array(count),
    appliances: [] as SegmentSums['appliances'],
  }
  const first = plan.segments[0]
  if (!first || buildingKeys.length === 0) return sums
  const borders = [...plan.segments.map(({ startSeconds }) => startSeconds), plan.endSeconds]
  const cutQuarters = [...new Set(borders.filter((at) => at % 900 !== 0).map((at) => Math.floor(at / 900) * 900))]
  const values: unknown[] = [buildingKeys, first.startSeconds, plan.endSeconds, borders]
  const isCut = cutQuarters.length > 0
  const { rows } = await pool().query<SumRow>(
    isCut ? BY_MINUTE : plan.byQuarter ? BY_QUARTER : BY_HOUR,
    isCut ? [...values, cutQuarters] : values,
  )
  for (const row of rows) {
    const segments = row.segments.split(',')
    const fill = (target: Float64Array, column: string) => {
      const values = column.split(',')
      for (const [index, segment] of segments.entries()) target[Number(segment) - 1] = Number(values[index])
      return target
    }
    if (row.appliance === null || row.building_key === null) {
      fill(sums.importedWh, row.imported)
      fill(sums.exportedWh, row.exported)
      fill(sums.coveredSeconds, row.covered)
      continue
    }
    const appliance = APPLIANCES[row.appliance]
    if (!appliance) continue
    sums.appliances.push({ buildingKey: row.building_key, appliance, energyWh: fill(new Float64Array(count), row.imported) })
  }
  return sums
}
