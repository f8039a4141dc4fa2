import type { Pool, PoolClient } from 'pg'
import type { WeatherHour } from '@/lib/domain/weather-hours'
import { pool } from '@/lib/infra/db'

export type WeatherSource = 'service' | 'own'

/** What is said of hours; parallel arrays, NaN where nothing was said. */
export interface WeatherColumns {
  /** Unix seconds. */
  startSeconds: number[]
  leadDays: number[]
  irradiance: number[]
  temperature: number[]
  /** Whether any of it was fetched from the weather service, whose credit is then due. */
  isFetched: boolean
}

/**
 * What had been said by `bySeconds` of the hours that begin in [fromSeconds, toSeconds), Unix seconds; by hour, those said last first.
 */
export async function findWeather(siteId: string, fromSeconds: number, toSeconds: number, bySeconds: number): Promise<WeatherColumns> {
  const joined = (expression: string) => `string_agg((${expression})::text, ',' ORDER BY starts_at, lead_days)`
  const { rows } = await pool().query<Record<'starts' | 'leads' | 'irradiances' | 'temperatures', string | null> & { fetched: boolean | null }>(
    `SELECT ${joined(`date_part('epoch', starts_at)`)} AS starts, ${joined('lead_days')} AS leads,
       ${joined(`COALESCE(irradiance, 'NaN')`)} AS irradiances, ${joined(`COALESCE(temperature, 'NaN')`)} AS temperatures, bool_or(source = 'service') AS fetched
     FROM weather_forecast
     WHERE site_id = $1 AND starts_at >= to_timestamp($2) AND starts_at < to_timestamp($3) AND said_at <= to_timestamp($4)`,
    [siteId, fromSeconds, toSeconds, bySeconds],
  )
  const numbers = (text: string | null | undefined) => (text ? text.split(',').map(Number) : [])
  const { starts, leads, irradiances, temperatures, fetched } = rows[0] ?? {}
  return {
    startSeconds: numbers(starts),
    leadDays: numbers(leads),
    irradiance: numbers(irradiances),
    temperature: numbers(temperatures),
    isFetched: fetched ?? false,
  }
}

/**
 * Stores forecasts of a site, one for each hour and lead, in the same order whoever stores, so that two never wait for each other.
 * @param keeps of two forecasts of the same hour and lead: the one that was said last, or the one that is there
 * @returns how many were stored
 */
export async function saveWeather(
  client: Pool | PoolClient,
  siteId: string,
  source: WeatherSource,
  hours: readonly WeatherHour[],
  keeps: 'last said' | 'first stored' = 'last said',
): Promise<number> {
  const { rowCount } = await client.query(
    `INSERT INTO weather_forecast AS kept (site_id, source, starts_at, lead_days, said_at, irradiance, temperature)
     SELECT $1, $2, to_timestamp(s), l, to_timestamp(a), i, t
     FROM unnest($3::float8[], $4::int[], $5::float8[], $6::real[], $7::real[]) AS u(s, l, a, i, t) ORDER BY s, l
     ON CONFLICT (site_id, starts_at, lead_days) DO UPDATE SET source = EXCLUDED.source, said_at = EXCLUDED.said_at,
       irradiance = EXCLUDED.irradiance, temperature = EXCLUDED.temperature WHERE $8 AND kept.said_at <= EXCLUDED.said_at`,
    [
      siteId,
      source,
      hours.map(({ startSeconds }) => startSeconds),
      hours.map(({ leadDays }) => leadDays),
      hours.map(({ saidSeconds }) => saidSeconds),
      hours.map(({ irradiance }) => irradiance),
      hours.map(({ temperature }) => temperature),
      keeps === 'last said',
    ],
  )
  return rowCount ?? 0
}

export interface WeatherExtent {
  hours: number
  /** Unix seconds: the first hour begins, the last one ends. */
  fromSeconds: number
  toSeconds: number
}

/** Of which hours something is stored, by who said it. */
export async function weatherExtents(siteId: string): Promise<Record<WeatherSource, WeatherExtent | null>> {
  const { rows } = await pool().query<WeatherExtent & { source: WeatherSource }>(
    `SELECT source, count(DISTINCT starts_at)::int AS hours, date_part('epoch', min(starts_at)) AS "fromSeconds",
       date_part('epoch', max(starts_at)) + 3600 AS "toSeconds"
     FROM weather_forecast WHERE site_id = $1 GROUP BY source`,
    [siteId],
  )
  const of = (source: WeatherSource) => {
    const row = rows.find((each) => each.source === source)
    return row ? { hours: row.hours, fromSeconds: row.fromSeconds, toSeconds: row.toSeconds } : null
  }
  return { service: of('service'), own: of('own') }
}

export async function hasWeather(siteId: string): Promise<boolean> {
  const { rows } = await pool().query<{ found: boolean }>(
    'SELECT EXISTS (SELECT 1 FROM weather_forecast WHERE site_id = $1) AS found',
    [siteId],
  )
  return rows[0]!.found
}

/** Forgets hours that began more than so many days ago. @returns how many forecasts of them there were */
export async function deleteOldWeather(keptDays: number): Promise<number> {
  const { rowCount } = await pool().query('DELETE FROM weather_forecast WHERE starts_at < now() - make_interval(days => $1)', [keptDays])
  return rowCount ?? 0
}
