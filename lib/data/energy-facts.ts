import { pool } from '@/lib/infra/db'
import { SETTLED_HOURS } from './energy-segments'

/** When each of these buildings was first measured, Unix seconds; one that never was is absent. */
export async function firstReadings(buildingKeys: readonly number[]): Promise<Map<number, number>> {
  const { rows } = await pool().query<{ key: number; first: number | null }>(
    `SELECT b.key, (SELECT date_part('epoch', minute) FROM power_minute WHERE building_key = b.key ORDER BY minute LIMIT 1) AS first
     FROM unnest($1::int[]) AS b(key)`,
    [buildingKeys],
  )
  return new Map(rows.flatMap(({ key, first }) => (first === null ? [] : [[key, first] as const])))
}

/** Quarters of an hour of several buildings together, oldest first; one in which nothing was measured is absent. */
export interface QuarterSeries {
  /** Unix seconds. */
  startSeconds: number[]
  importedWh: number[]
  exportedWh: number[]
  coveredSeconds: number[]
}

const QUARTERS = `
  WITH building AS MATERIALIZED (${SETTLED_HOURS}), quarter AS (
    SELECT date_part('epoch', h.hour) + 900 * n AS at, h.quarter_imported_wh[n + 1] AS imported,
      h.quarter_exported_wh[n + 1] AS exported, h.quarter_covered_seconds[n + 1]::float8 AS covered
    FROM building b JOIN power_hour h ON h.building_key = b.key AND h.hour < b.settled CROSS JOIN generate_series(0, 3) AS n
    WHERE h.hour > to_timestamp($2) - interval '1 hour' AND h.hour < to_timestamp($3)
    UNION ALL
    SELECT floor(date_part('epoch', m.minute) / 900) * 900, GREATEST(m.energy_wh, 0), -LEAST(m.energy_wh, 0), m.covered_seconds
    FROM building b JOIN power_minute m ON m.building_key = b.key AND m.minute >= b.settled
    WHERE m.minute >= to_timestamp($2) AND m.minute < to_timestamp($3)
  ), sums AS (
    SELECT at, sum(imported) AS imported, sum(exported) AS exported, sum(covered) AS covered
    FROM quarter WHERE at >= $2::float8 AND at < $3::float8 AND covered > 0 GROUP BY at
  )`

/** The meters' quarters of an hour in [fromSeconds, toSeconds), Unix seconds. */
export async function readQuarters(
  buildingKeys: readonly number[],
  fromSeconds: number,
  toSeconds: number,
): Promise<QuarterSeries> {
  const joined = (column: string) => `string_agg(${column}::text, ',' ORDER BY at) AS ${column}`
  const { rows } = await pool().query<Record<'at' | 'imported' | 'exported' | 'covered', string | null>>(
    `${QUARTERS} SELECT ${['at', 'imported', 'exported', 'covered'].map(joined).join(', ')} FROM sums`,
    [buildingKeys, fromSeconds, toSeconds],
  )
  const numbers = (text: string | null | undefined) => (text ? text.split(',').map(Number) : [])
  const row = rows[0]
  return {
    startSeconds: numbers(row?.at),
    importedWh: numbers(row?.imported),
    exportedWh: numbers(row?.exported),
    coveredSeconds: numbers(row?.covered),
  }
}

/** A column for each quarter of an hour, from 0. */
const quarters = (column: (n: number) => string) => [0, 1, 2, 3].map(column).join(', ')

/** The quarters of an hour side by side until the highest hour is found: a fourth of the rows. */
const PEAK = `
  WITH building AS MATERIALIZED (${SETTLED_HOURS}), hours AS (
    SELECT date_part('epoch', h.hour) AS at, ${quarters((n) => `h.quarter_imported_wh[${n + 1}] AS q${n}`)}
    FROM building b JOIN power_hour h ON h.building_key = b.key AND h.hour < b.settled
    WHERE h.hour > to_timestamp($2) - interval '1 hour' AND h.hour < to_timestamp($3)
    UNION ALL
    SELECT floor(date_part('epoch', m.minute) / 3600) * 3600,
      ${quarters((n) => `CASE WHEN floor(date_part('minute', m.minute) / 15) = ${n} THEN GREATEST(m.energy_wh, 0) ELSE 0 END`)}
    FROM building b JOIN power_minute m ON m.building_key = b.key AND m.minute >= b.settled
    WHERE m.minute >= to_timestamp($2) AND m.minute < to_timestamp($3)
  ), sums AS (
    SELECT at, ${quarters((n) => `CASE WHEN at + ${900 * n} >= $2::float8 AND at + ${900 * n} < $3::float8 THEN sum(q${n}) END AS q${n}`)}
    FROM hours GROUP BY at
  )
  SELECT q.wh * 4 AS watts, top.at + q.after AS at
  FROM (SELECT * FROM sums ORDER BY GREATEST(q0, q1, q2, q3) DESC NULLS LAST, at LIMIT 1) top
  CROSS JOIN LATERAL (VALUES (0, q0), (900, q1), (1800, q2), (2700, q3)) AS q(after, wh)
  WHERE q.wh IS NOT NULL ORDER BY q.wh DESC, q.after LIMIT 1`

/**
 * Peak demand as suppliers bill it: the highest mean power drawn over a quarter of an hour on the clock, of all meters together.
 * Time is Unix seconds of the quarter's start; null where nothing was measured.
 */
export async function peakDemand(
  buildingKeys: readonly number[],
  fromSeconds: number,
  toSeconds: number,
): Promise<{ powerWatts: number; startedAt: number } | null> {
  const { rows } = await pool().query<{ watts: number; at: number }>(PEAK, [buildingKeys, fromSeconds, toSeconds])
  return rows[0] ? { powerWatts: rows[0].watts, startedAt: rows[0].at } : null
}

export interface ElectricalReading {
  timestampSeconds: number
  powerWatts: number
  voltageVolts: number | null
  currentAmps: number | null
  powerFactor: number | null
  reactivePowerVar: number | null
  frequencyHertz: number | null
  thdPercent: number | null
}

/** The newest reading of each building, not older than `sinceSeconds` (Unix seconds); by building key. */
export async function newestReadings(
  buildingKeys: readonly number[],
  sinceSeconds: number,
): Promise<Map<number, ElectricalReading>> {
  const { rows } = await pool().query<ElectricalReading & { key: number }>(
    `SELECT b.key, r.* FROM unnest($1::int[]) AS b(key) CROSS JOIN LATERAL (
       SELECT date_part('epoch', ts) AS "timestampSeconds", power_watts AS "powerWatts", voltage_volts AS "voltageVolts",
         current_amps AS "currentAmps", power_factor AS "powerFactor", reactive_power_var AS "reactivePowerVar",
         frequency_hertz AS "frequencyHertz", thd_percent AS "thdPercent"
       FROM power_raw WHERE building_key = b.key AND ts > to_timestamp($2) ORDER BY ts DESC LIMIT 1) r`,
    [buildingKeys, sinceSeconds],
  )
  return new Map(rows.map(({ key, ...reading }) => [key, reading]))
}
