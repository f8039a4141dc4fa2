import type { PoolClient } from 'pg'
import type { WeatherError, WeatherSettings } from '@/lib/contracts/weather'
import { pool, withTransaction } from '@/lib/infra/db'

export interface StoredSiteWeather extends WeatherSettings {
  /** Unix seconds, as below. */
  nextFetchSeconds: number
  fetchedSeconds: number | null
  failedSeconds: number | null
  lastError: WeatherError | null
}

/** null: nobody gave the site a place. */
export async function findSiteWeather(siteId: string): Promise<StoredSiteWeather | null> {
  const { rows } = await pool().query<StoredSiteWeather>(
    `SELECT latitude::float8, longitude::float8, is_on AS "isOn", date_part('epoch', next_fetch_at) AS "nextFetchSeconds",
       date_part('epoch', fetched_at) AS "fetchedSeconds", date_part('epoch', failed_at) AS "failedSeconds", last_error AS "lastError"
     FROM site_weather WHERE site_id = $1`,
    [siteId],
  )
  return rows[0] ?? null
}

/**
 * Keeps a site's place and whether its weather is fetched. What is switched on, or moved, is fetched at once, the past as well; what
 * was fetched for another place is deleted.
 * @returns whether the site is there
 */
export function saveSiteWeather(siteId: string, { latitude, longitude, isOn }: WeatherSettings): Promise<boolean> {
  return withTransaction(async (client) => {
    const { rows } = await client.query<{ moved: boolean }>(
      `SELECT latitude <> $2::numeric OR longitude <> $3::numeric AS moved FROM site_weather WHERE site_id = $1 FOR UPDATE`,
      [siteId, latitude, longitude],
    )
    if (rows[0]?.moved) await client.query('DELETE FROM site_weather WHERE site_id = $1', [siteId])
    if (rows[0]?.moved) await deleteFetched(client, siteId)
    const { rowCount } = await client.query(
      `INSERT INTO site_weather AS kept (site_id, latitude, longitude, is_on) SELECT id, $2, $3, $4 FROM site WHERE id = $1
       ON CONFLICT (site_id) DO UPDATE SET is_on = EXCLUDED.is_on,
         next_fetch_at = CASE WHEN EXCLUDED.is_on AND NOT kept.is_on THEN now() ELSE kept.next_fetch_at END,
         history_fetched_at = CASE WHEN kept.is_on THEN kept.history_fetched_at END`,
      [siteId, latitude, longitude, isOn],
    )
    return rowCount === 1
  })
}

/** Forgets the place and what was fetched for it. @returns whether there was one */
export function deleteSiteWeather(siteId: string): Promise<boolean> {
  return withTransaction(async (client) => {
    const { rowCount } = await client.query('DELETE FROM site_weather WHERE site_id = $1', [siteId])
    await deleteFetched(client, siteId)
    return rowCount === 1
  })
}

async function deleteFetched(client: PoolClient, siteId: string): Promise<void> {
  await client.query(`DELETE FROM weather_forecast WHERE site_id = $1 AND source = 'service'`, [siteId])
}

/** A place whose weather is to be fetched, for all sites there. */
export interface DuePlace {
  latitude: number
  longitude: number
  siteIds: string[]
  /** Of these the past is still to be fetched. */
  withoutHistory: string[]
  /** Attempts since the last success. */
  failures: number
}

/** One process at a time chooses, so that no place is asked for twice. */
const CHOOSING = 'undercurrent weather'

/** Takes the place that has waited longest; whoever takes it and dies lets it wait for `leaseSeconds`. */
export function takeDuePlace(leaseSeconds: number): Promise<DuePlace | null> {
  return withTransaction(async (client) => {
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [CHOOSING])
    const { rows } = await client.query<Omit<DuePlace, 'siteIds' | 'withoutHistory'> & { siteId: string; hasHistory: boolean }>(
      `UPDATE site_weather s SET next_fetch_at = now() + make_interval(secs => $1)
       FROM (SELECT latitude, longitude FROM site_weather WHERE is_on AND next_fetch_at <= now() ORDER BY next_fetch_at LIMIT 1) due
       WHERE s.is_on AND s.latitude = due.latitude AND s.longitude = due.longitude
       RETURNING s.site_id AS "siteId", s.latitude::float8, s.longitude::float8, s.history_fetched_at IS NOT NULL AS "hasHistory", s.failures`,
      [leaseSeconds],
    )
    const [first] = rows
    if (!first) return null
    return {
      latitude: first.latitude,
      longitude: first.longitude,
      siteIds: rows.map(({ siteId }) => siteId),
      withoutHistory: rows.filter(({ hasHistory }) => !hasHistory).map(({ siteId }) => siteId),
      failures: Math.max(...rows.map(({ failures }) => failures)),
    }
  })
}

/** Of some sites those that still ask for the weather of a place, locked until the transaction ends. */
export async function lockSitesAt(client: PoolClient, siteIds: readonly string[], place: Pick<DuePlace, 'latitude' | 'longitude'>) {
  const { rows } = await client.query<{ id: string }>(
    `SELECT site_id AS id FROM site_weather
     WHERE site_id = ANY($1) AND is_on AND latitude = $2::numeric AND longitude = $3::numeric ORDER BY site_id FOR UPDATE`,
    [siteIds, place.latitude, place.longitude],
  )
  return rows.map(({ id }) => id)
}

export async function markHistoryFetched(client: PoolClient, siteIds: readonly string[]): Promise<void> {
  await client.query('UPDATE site_weather SET history_fetched_at = now() WHERE site_id = ANY($1)', [siteIds])
}

export async function markFetched(client: PoolClient, siteIds: readonly string[], nextSeconds: number): Promise<void> {
  await client.query(
    `UPDATE site_weather SET fetched_at = now(), failures = 0, failed_at = NULL, last_error = NULL, next_fetch_at = to_timestamp($2)
     WHERE site_id = ANY($1)`,
    [siteIds, nextSeconds],
  )
}

/** @param failures attempts that failed since the last success, this one included */
export async function markFetchFailed(siteIds: readonly string[], error: WeatherError, failures: number, nextSeconds: number) {
  await pool().query(
    `UPDATE site_weather SET failures = $3, failed_at = now(), last_error = $2, next_fetch_at = to_timestamp($4)
     WHERE site_id = ANY($1) AND is_on`,
    [siteIds, JSON.stringify(error), failures, nextSeconds],
  )
}

/** The service wants to be left alone by everybody until a time, Unix seconds. */
export async function postponeFetches(untilSeconds: number): Promise<void> {
  await pool().query('UPDATE site_weather SET next_fetch_at = to_timestamp($1) WHERE is_on AND next_fetch_at < to_timestamp($1)', [
    untilSeconds,
  ])
}
