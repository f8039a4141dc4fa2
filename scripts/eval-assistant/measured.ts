import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { Subject } from '@/lib/contracts/assistant'
import { pool } from '@/lib/infra/db'
import type { Span } from './local-periods'
import { CARBON, PRICES, ZONE } from './prices'

/** What is right, in plain SQL over the rows of minutes and runs: nothing here asks the application. */

export type Measure = 'energy' | 'cost' | 'co2'

const LOCAL = `(minute AT TIME ZONE '${ZONE}')`
const IS_NIGHT = `(extract(hour FROM ${LOCAL}) >= 22 OR extract(hour FROM ${LOCAL}) < 6)`
const PRICE = `CASE ${PRICES.map(
  ({ validFrom, day, night }) => `WHEN ${LOCAL} >= '${validFrom}' THEN CASE WHEN ${IS_NIGHT} THEN ${night} ELSE ${day} END`,
).join(' ')} END`
const GRAMS = `CASE ${CARBON.map(({ validFrom, gramsPerKwh }) => `WHEN ${LOCAL} >= '${validFrom}' THEN ${gramsPerKwh}`).join(' ')} END`
const WORTH: Record<Measure, string> = { energy: '1', cost: PRICE, co2: `${GRAMS} / 1000.0` }
const WITHIN = 'building_key = $1 AND minute >= to_timestamp($2) AND minute < to_timestamp($3)'

export interface MeasuredBucket {
  /** Unix seconds. */
  at: number
  value: number
  coveredSeconds: number
  /** Of the whole hour, day or month. */
  seconds: number
}

export class Measured {
  constructor(
    readonly buildingKey: number,
    readonly nowSeconds: number,
  ) {}

  /** kWh, money or kg; null where nothing was measured. */
  async sum(subject: Subject, measure: Measure, span: Span): Promise<number | null> {
    const value = (from: string, more: string, given: unknown[] = []) =>
      this.#one(`SELECT sum(energy_wh / 1000 * ${WORTH[measure]}) AS value FROM ${from} WHERE ${WITHIN} ${more}`, span, given)
    const total = await value('power_minute', '')
    if (subject === 'total' || total === null) return total
    if (subject === 'other') return total - ((await value('appliance_minute', '')) ?? 0)
    return (await value('appliance_minute', 'AND appliance = $4', [APPLIANCES.indexOf(subject)])) ?? 0
  }

  /** Every appliance with its sum, the largest first. */
  async ranking(measure: Measure, span: Span): Promise<{ appliance: Appliance; value: number }[]> {
    const { rows } = await pool().query<{ appliance: number; value: number }>(
      `SELECT appliance, sum(energy_wh / 1000 * ${WORTH[measure]}) AS value FROM appliance_minute WHERE ${WITHIN}
       GROUP BY appliance ORDER BY value DESC`,
      this.#given(span),
    )
    return rows.flatMap(({ appliance, value }) => (APPLIANCES[appliance] ? [{ appliance: APPLIANCES[appliance], value }] : []))
  }

  async rooms(measure: Measure, span: Span): Promise<{ room: string; value: number }[]> {
    const { rows } = await pool().query<{ room: string; value: number }>(
      `SELECT room, sum(energy_wh / 1000 * ${WORTH[measure]}) AS value
       FROM appliance_minute m JOIN appliance_room r USING (building_key, appliance)
       WHERE ${WITHIN} GROUP BY room ORDER BY value DESC`,
      this.#given(span),
    )
    return rows
  }

  /** Local hours, days or months in order, as far as they were measured, with how long that was and how long they are. */
  async buckets(subject: Subject, measure: Measure, by: 'hour' | 'day' | 'month', span: Span): Promise<MeasuredBucket[]> {
    const isAppliance = subject !== 'total' && subject !== 'other'
    const start = `date_trunc('${by}', ${LOCAL}) AT TIME ZONE '${ZONE}'`
    const end = `(date_trunc('${by}', ${LOCAL}) + interval '1 ${by}') AT TIME ZONE '${ZONE}'`
    const { rows } = await pool().query<MeasuredBucket>(
      `SELECT extract(epoch FROM bucket)::float8 AS at, sum(worth) AS value, sum(covered)::float8 AS "coveredSeconds",
         extract(epoch FROM max(ends) - bucket)::float8 AS seconds
       FROM (
         SELECT ${start} AS bucket, ${end} AS ends, covered_seconds AS covered,
           ${isAppliance ? '0' : `energy_wh / 1000 * ${WORTH[measure]}`} AS worth FROM power_minute WHERE ${WITHIN}
         UNION ALL
         SELECT ${start}, ${end}, 0, ${subject === 'other' ? '-' : ''}energy_wh / 1000 * ${WORTH[measure]} FROM appliance_minute
         WHERE ${WITHIN} AND ${isAppliance ? 'appliance = $4' : subject === 'other' ? '$4::int = -1' : '$4::int = -2 AND false'}) s
       GROUP BY bucket ORDER BY bucket`,
      [...this.#given(span), isAppliance ? APPLIANCES.indexOf(subject) : subject === 'other' ? -1 : -2],
    )
    return rows
  }

  /** The highest mean power over a quarter of an hour on the clock, and when it began. */
  async peak(span: Span): Promise<{ watts: number; at: number } | null> {
    const { rows } = await pool().query<{ watts: number; at: number }>(
      `SELECT (floor(extract(epoch FROM minute) / 900) * 900)::float8 AS at, sum(energy_wh) * 4 AS watts FROM power_minute
       WHERE ${WITHIN} GROUP BY 1 ORDER BY watts DESC, at LIMIT 1`,
      this.#given(span),
    )
    return rows[0] ?? null
  }

  /** Runs that began in a time, oldest first; one that goes on lasts until now. */
  async runs(appliance: Appliance, span: Span): Promise<{ start: number; seconds: number; isRunning: boolean }[]> {
    const { rows } = await pool().query<{ start: number; seconds: number; isRunning: boolean }>(
      `SELECT extract(epoch FROM started_at)::float8 AS start, ended_at IS NULL AS "isRunning",
         extract(epoch FROM COALESCE(ended_at, to_timestamp($5)) - started_at)::float8 AS seconds
       FROM activation WHERE building_key = $1 AND started_at >= to_timestamp($2) AND started_at < to_timestamp($3)
         AND appliance = $4 ORDER BY started_at`,
      [...this.#given(span), APPLIANCES.indexOf(appliance), this.nowSeconds],
    )
    return rows
  }

  /** What the minutes of those runs cost. */
  async runCost(appliance: Appliance, span: Span, which: 'all' | 'ended' = 'all'): Promise<number> {
    const { rows } = await pool().query<{ value: number | null }>(
      `SELECT sum(m.energy_wh / 1000 * ${PRICE}) AS value
       FROM activation a JOIN appliance_minute m ON m.building_key = a.building_key AND m.appliance = a.appliance
         AND m.minute >= a.started_at AND m.minute < COALESCE(a.ended_at, to_timestamp($5))
       WHERE a.building_key = $1 AND a.started_at >= to_timestamp($2) AND a.started_at < to_timestamp($3) AND a.appliance = $4
           ${which === 'ended' ? 'AND a.ended_at IS NOT NULL' : ''}`,
      [...this.#given(span), APPLIANCES.indexOf(appliance), this.nowSeconds],
    )
    return rows[0]?.value ?? 0
  }

  /** Median over days of each day's 2.5th percentile of its quarter-hour means, of days that were measured for three quarters. */
  async alwaysOnWatts(span: Span): Promise<number | null> {
    const { rows } = await pool().query<{ value: number | null; days: number }>(
      `WITH quarter AS (
         SELECT floor(extract(epoch FROM minute) / 900) * 900 AS at, sum(energy_wh) * 3600 / sum(covered_seconds) AS watts
         FROM power_minute WHERE ${WITHIN} GROUP BY 1 HAVING sum(covered_seconds) >= 810
       ), day AS (
         SELECT percentile_cont(0.025) WITHIN GROUP (ORDER BY watts) AS base FROM quarter
         GROUP BY (to_timestamp(at) AT TIME ZONE '${ZONE}')::date HAVING count(*) >= 72
       ) SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY base) AS value, count(*)::int AS days FROM day`,
      this.#given(span),
    )
    return rows[0] && rows[0].days >= 3 ? rows[0].value : null
  }

  /** Of ten-minute means, and the extremes of all readings. */
  async quality(column: string, span: Span): Promise<{ mean: number; low: number; high: number } | null> {
    const { rows } = await pool().query<{ mean: number | null; low: number; high: number }>(
      `SELECT avg(mean) AS mean, min(low) AS low, max(high) AS high FROM (
         SELECT avg(${column}) AS mean, min(${column}) AS low, max(${column}) AS high FROM electrical_data
         WHERE building_key = $1 AND device_state = '' AND recorded_at >= to_timestamp($2) AND recorded_at < to_timestamp($3)
         GROUP BY floor(extract(epoch FROM recorded_at) / 600)) bins`,
      this.#given(span),
    )
    const [row] = rows
    return row && row.mean !== null ? { mean: row.mean, low: row.low, high: row.high } : null
  }

  /** Measured share of what has passed of a time, 0..1. */
  async coverage({ from, to }: Span): Promise<number> {
    const end = Math.min(to, this.nowSeconds)
    const seconds = await this.#one(`SELECT sum(covered_seconds::float8) AS value FROM power_minute WHERE ${WITHIN}`, { from, to: end })
    return (seconds ?? 0) / (end - from)
  }

  async firstReading(): Promise<number> {
    const { rows } = await pool().query<{ at: number }>(
      'SELECT extract(epoch FROM min(minute))::float8 AS at FROM power_minute WHERE building_key = $1',
      [this.buildingKey],
    )
    return rows[0]?.at ?? NaN
  }

  /** Devices with a meter of their own and appliances that were ever seen, without the main meter; or those of a cluster by its number. */
  async deviceCount(cluster: number | null): Promise<number> {
    const plugs = `SELECT DISTINCT device_state, cluster FROM electrical_data WHERE building_key = $1 AND device_state <> ''`
    const { rows } = await pool().query<{ count: number }>(
      `SELECT (SELECT count(*) FROM (${plugs}) p WHERE $2::int IS NULL OR cluster = $2)::int
         + CASE WHEN $2::int IS NULL THEN (SELECT count(DISTINCT appliance) FROM activation WHERE building_key = $1)::int ELSE 0 END
         AS count`,
      [this.buildingKey, cluster],
    )
    return rows[0]?.count ?? NaN
  }

  #given({ from, to }: Span): unknown[] {
    return [this.buildingKey, from, to]
  }

  async #one(query: string, span: Span, given: unknown[] = []): Promise<number | null> {
    const { rows } = await pool().query<{ value: number | null }>(query, [...this.#given(span), ...given])
    return rows[0]?.value ?? null
  }
}
