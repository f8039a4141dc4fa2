import { pool } from '@/lib/infra/db'

export interface StoredForecastChoice {
  /** Unix seconds. */
  knownUntil: number
  choice: unknown
}

export async function findForecastChoice(siteId: string, series: string): Promise<StoredForecastChoice | null> {
  const { rows } = await pool().query<StoredForecastChoice>(
    `SELECT date_part('epoch', known_until) AS "knownUntil", choice FROM site_forecast WHERE site_id = $1 AND series = $2`,
    [siteId, series],
  )
  return rows[0] ?? null
}

/** Keeps a choice; of two the one that knew more stays. */
export async function saveForecastChoice(siteId: string, series: string, stored: StoredForecastChoice): Promise<void> {
  await pool().query(
    `INSERT INTO site_forecast AS kept (site_id, series, known_until, choice)
     SELECT id, $2, to_timestamp($3), $4::jsonb FROM site WHERE id = $1
     ON CONFLICT (site_id, series) DO UPDATE SET known_until = EXCLUDED.known_until, choice = EXCLUDED.choice
     WHERE kept.known_until <= EXCLUDED.known_until`,
    [siteId, series, stored.knownUntil, JSON.stringify(stored.choice)],
  )
}

/** Puts a series before all others whose choice is to be made anew. */
export async function askForForecastChoice(siteId: string, series: string): Promise<void> {
  await pool().query('UPDATE site_forecast SET known_until = to_timestamp(0) WHERE site_id = $1 AND series = $2', [siteId, series])
}

/** Series whose choice knows nothing newer than a time (Unix seconds), longest ago first. */
export async function findOldForecastChoices(knownBefore: number, limit: number): Promise<{ siteId: string; series: string }[]> {
  const { rows } = await pool().query<{ siteId: string; series: string }>(
    `SELECT site_id AS "siteId", series FROM site_forecast WHERE known_until < to_timestamp($1) ORDER BY known_until LIMIT $2`,
    [knownBefore, limit],
  )
  return rows
}
