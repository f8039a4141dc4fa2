import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { databaseUrl } from '@/scripts/testing/test-settings.mjs'

const WEEKS = 20
const HOUR = 3600

export interface WornHome {
  siteId: string
  buildingId: string
  /** Deletes it. */
  remove(): Promise<void>
}

/**
 * A site that only administrators see, with twenty weeks of hours up to now: a refrigerator that runs longer week by week, and three
 * kilowatts too much in the last six hours. What is said of it is left to the application.
 */
export async function makeWornHome(): Promise<WornHome> {
  const siteId = `site_${randomUUID()}`
  const buildingId = `building_${randomUUID()}`
  const to = Math.floor(Date.now() / 1000 / HOUR) * HOUR
  const from = to - WEEKS * 168 * HOUR
  const fridge = APPLIANCES.indexOf('Refrigerator')
  const client = new pg.Client({ connectionString: databaseUrl() })
  await client.connect()
  try {
    await client.query('SELECT ensure_partitions(to_timestamp($1), to_timestamp($2))', [from, to])
    // The background looks at a site as soon as it is there.
    await client.query('BEGIN')
    await client.query(`INSERT INTO site (id, name, time_zone, currency, price_per_kwh) VALUES ($1, 'Worn home', 'Europe/Berlin', 'EUR', 0.3)`, [siteId])
    const { rows } = await client.query<{ key: number }>(
      `INSERT INTO building (id, site_id, name) VALUES ($1, $2, 'House') RETURNING key`,
      [buildingId, siteId],
    )
    const key = rows[0]?.key
    const model = await client.query<{ id: number }>('SELECT max(id) AS id FROM model_version')
    const modelId = model.rows[0]?.id
    await client.query(
      `INSERT INTO power_hour (building_key, hour, energy_wh, covered_seconds, min_watts, max_watts)
       SELECT $1::int, h, 350 + 200 * sin(date_part('hour', h) / 4) + 20 * (date_part('day', h)::int % 3)
         + CASE WHEN h >= to_timestamp($3) - interval '6 hours' THEN 3000 ELSE 0 END, 3600, 120 + date_part('day', h)::int % 3, 4000
       FROM generate_series(to_timestamp($2), to_timestamp($3) - interval '1 hour', interval '1 hour') AS h`,
      [key, from, to],
    )
    await client.query(
      `INSERT INTO appliance_hour (building_key, hour, appliance, energy_wh, on_seconds, confidence, model_version_id)
       SELECT $1, to_timestamp($2::float8 + 3600 * n), $4, duty * 100, duty * 3600, 0.8, $5 FROM generate_series(0, $3 - 1) n
       CROSS JOIN LATERAL (SELECT 0.3 * (1 + 0.03 * GREATEST(0, n / 168 - 8)) + 0.004 * sin(n / 168 * 2.4) AS duty) d`,
      [key, from, WEEKS * 168, fridge, modelId],
    )
    await client.query(
      `INSERT INTO activation (building_key, appliance, started_at, ended_at, energy_wh, peak_watts, confidence, model_version_id)
       SELECT $1, $4, to_timestamp($2::float8 + 3600 * n), to_timestamp($2::float8 + 3600 * n + 900), 25, 100, 0.8, $5
       FROM generate_series(0, $3 - 1) n`,
      [key, from, WEEKS * 168, fridge, modelId],
    )
    await client.query('COMMIT')
  } finally {
    await client.end()
  }
  return {
    siteId,
    buildingId,
    async remove() {
      const cleaner = new pg.Client({ connectionString: databaseUrl() })
      await cleaner.connect()
      await cleaner.query('DELETE FROM site WHERE id = $1', [siteId])
      await cleaner.end()
    },
  }
}
