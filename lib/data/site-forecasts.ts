import { pool } from '@/lib/infra/db'

export interface StoredForecastSeries {
  /** Unix seconds: up to when data were known when the background last looked; 0: it is asked to look. */
  knownUntil: number
  /** How long the history then was. */
  knownDays: number
  /** The first guess; null where there never was one. */
  choice: unknown
}

export async function findForecastSeries(siteId: string, series: string): Promise<StoredForecastSeries | null> {
  const { rows } = await pool().query<StoredForecastSeries>(
    `SELECT date_part('epoch', known_until) AS "knownUntil", known_days AS "knownDays", choice FROM site_forecast WHERE site_id = $1 AND series = $2`,
    [siteId, series],
  )
  return rows[0] ?? null
}

/** What was ever asked for at a site. */
export async function findForecastNames(siteId: string): Promise<string[]> {
  const { rows } = await pool().query<{ series: string }>('SELECT series FROM site_forecast WHERE site_id = $1 ORDER BY series', [siteId])
  return rows.map(({ series }) => series)
}

export interface ForecastLook {
  knownUntil: number
  knownDays: number
}

/** Keeps a first guess. @param look 0 as `knownUntil` puts the series before all others that the background looks at */
export async function saveFirstGuess(siteId: string, series: string, choice: unknown, look: ForecastLook): Promise<void> {
  await pool().query(
    `INSERT INTO site_forecast (site_id, series, known_until, known_days, choice)
     SELECT id, $2, to_timestamp($3), $4, $5::jsonb FROM site WHERE id = $1
     ON CONFLICT (site_id, series) DO UPDATE SET known_until = EXCLUDED.known_until, known_days = EXCLUDED.known_days,
       choice = EXCLUDED.choice`,
    [siteId, series, look.knownUntil, look.knownDays, JSON.stringify(choice)],
  )
}

/** The background has looked at a series. */
export async function markForecastSeries(siteId: string, series: string, look: ForecastLook): Promise<void> {
  await pool().query(
    `INSERT INTO site_forecast AS kept (site_id, series, known_until, known_days)
     SELECT id, $2, to_timestamp($3), $4 FROM site WHERE id = $1
     ON CONFLICT (site_id, series) DO UPDATE SET known_until = greatest(kept.known_until, EXCLUDED.known_until),
       known_days = EXCLUDED.known_days`,
    [siteId, series, look.knownUntil, look.knownDays],
  )
}

/** The background leaves a series alone until a day after a time, Unix seconds. */
export async function restForecastSeries(siteId: string, series: string, knownUntil: number): Promise<void> {
  await pool().query(
    'UPDATE site_forecast SET known_until = greatest(known_until, to_timestamp($3)) WHERE site_id = $1 AND series = $2',
    [siteId, series, knownUntil],
  )
}

/** Puts a series before all others that are to be looked at anew. */
export async function askForForecastChoice(siteId: string, series: string): Promise<void> {
  await pool().query('UPDATE site_forecast SET known_until = to_timestamp(0) WHERE site_id = $1 AND series = $2', [siteId, series])
}

/** The same for all series of a site: something is known now, or known no more, that changes how they are best forecast. */
export async function askForForecastChoices(siteId: string): Promise<void> {
  await pool().query('UPDATE site_forecast SET known_until = to_timestamp(0) WHERE site_id = $1', [siteId])
}

/**
 * Series at which nothing newer than a time (Unix seconds) was looked at, longest ago first; of a site that a job fits anew, which
 * looks at all of them, none.
 */
export async function findOldForecastChoices(knownBefore: number, limit: number): Promise<{ siteId: string; series: string }[]> {
  const { rows } = await pool().query<{ siteId: string; series: string }>(
    `SELECT site_id AS "siteId", series FROM site_forecast f
     WHERE known_until < to_timestamp($1) AND NOT EXISTS (
       SELECT 1 FROM building b JOIN background_job j ON j.building_key = b.key
       WHERE b.site_id = f.site_id AND j.kind = 'forecast' AND j.status IN ('queued', 'running'))
     ORDER BY known_until LIMIT $2`,
    [knownBefore, limit],
  )
  return rows
}
