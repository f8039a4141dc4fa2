import type pg from 'pg'
import { ensureModelVersion } from '@/lib/data/model-versions'
import { rollUpHours } from '@/lib/data/series-write'
import { pool, withTransaction } from '@/lib/infra/db'

/** Few enough that the sums are made as a worker makes them, by index. */
const HOURS_AT_A_TIME = 48

export interface MadeUpHome {
  buildingKey: number
  /** Unix seconds on full hours, half open. */
  fromSeconds: number
  toSeconds: number
  /** Whether it feeds in around noon (UTC), most minutes of it. */
  hasSolar: boolean
  /** Homes of different variants have different days; those of one test are alike without it. */
  variant?: number
}

/** Appliance index, how often it begins a stretch, length of the stretches in minutes, Wh a minute while on, first and last hour. */
const HABITS = [
  '(0, 3, 40, 21.0, 4, 9)',
  '(1, 9, 90, 12.5, 18, 21)',
  '(2, 11, 80, 9.0, 9, 12)',
  '(4, 3, 17, 1.4, 0, 23)',
  '(5, 2, 13, 1.6, 0, 23)',
  '(6, 13, 45, 27.0, 17, 19)',
  '(8, 23, 4, 33.0, 6, 20)',
  '(9, 4, 120, 1.9, 14, 22)',
  '(10, 2, 60, 1.5, 19, 22)',
]

const MINUTES = `
  minutes AS (
    SELECT m AS at, floor(date_part('epoch', m) / 60)::bigint AS number, date_part('hour', m AT TIME ZONE 'UTC') AS hour
    FROM generate_series(to_timestamp($2), to_timestamp($3) - interval '1 minute', interval '1 minute') AS m
    -- Now and then an hour is missing.
    WHERE abs(hashint8(floor(date_part('epoch', m) / 3600)::bigint + $5::int)) % 61 <> 0
  ), lived AS (
    SELECT *, $4::boolean AND hour BETWEEN 10 AND 13 AND abs(hashint8(number * 7 + $5::int)) % 5 > 0 AS feeds_in FROM minutes
  )`

/** Minutes that nobody measured, the same for the same variant and times, with their hours: what tests and benchmarks read. */
export async function writeMadeUpMinutes({ buildingKey, fromSeconds, toSeconds, hasSolar, variant = 1 }: MadeUpHome): Promise<void> {
  const modelVersionId = await ensureModelVersion('made-up', '1')
  await withTransaction(async (client) => {
    await client.query('SELECT ensure_partitions(to_timestamp($1), to_timestamp($2))', [fromSeconds, toSeconds])
    await client.query(
      `INSERT INTO appliance_minute (building_key, minute, appliance, energy_wh, on_seconds, confidence, model_version_id)
       WITH ${MINUTES}
       SELECT $1::int, at, appliance, wh * (0.8 + abs(hashint8(number)) % 400 / 1000.0), 60, 0.8, $6::int
       FROM lived JOIN (VALUES ${HABITS.join(', ')}) AS h(appliance, every, lasts, wh, first_hour, last_hour)
         ON hour BETWEEN first_hour AND last_hour AND abs(hashint8((number / lasts) * 13 + appliance + $5::int)) % every = 0
       WHERE NOT feeds_in`,
      [buildingKey, fromSeconds, toSeconds, hasSolar, variant, modelVersionId],
    )
    await client.query(
      `INSERT INTO power_minute (building_key, minute, energy_wh, covered_seconds, min_watts, max_watts)
       WITH ${MINUTES}, used AS (
         SELECT minute, sum(energy_wh) AS wh FROM appliance_minute
         WHERE building_key = $1::int AND minute >= to_timestamp($2) AND minute < to_timestamp($3) GROUP BY minute
       ), totals AS (
         SELECT at, CASE WHEN feeds_in THEN -(5 + abs(hashint8(number)) % 400 / 10.0)
           ELSE COALESCE(wh, 0) + 1.2 + abs(hashint8(number * 3)) % 1000 / 400.0 END AS wh, 55 + number % 6 AS covered
         FROM lived LEFT JOIN used ON used.minute = lived.at
       )
       SELECT $1::int, at, wh, covered, wh * 54, wh * 70 FROM totals`,
      [buildingKey, fromSeconds, toSeconds, hasSolar, variant],
    )
  })
  await pool().query('ANALYZE power_minute, appliance_minute')
  await withTransaction((client) => rollUpAll(client, buildingKey, fromSeconds, toSeconds))
}

async function rollUpAll(client: pg.PoolClient, buildingKey: number, fromSeconds: number, toSeconds: number): Promise<void> {
  for (let start = fromSeconds; start < toSeconds; start += HOURS_AT_A_TIME * 3600) {
    const hours = Math.min(HOURS_AT_A_TIME, (toSeconds - start) / 3600)
    await rollUpHours(
      client,
      Array.from({ length: hours }, (_, hour) => ({ buildingKey, minuteSeconds: start + hour * 3600 })),
    )
  }
}

/** Where the hourly sums end: later minutes are read from the minutes, as they are behind a worker's last checkpoint. */
export async function setCheckpoint(client: pg.Pool, buildingKey: number, positionSeconds: number): Promise<void> {
  await client.query(
    `INSERT INTO session_checkpoint (building_key, position, state) VALUES ($1, $2, '{}')
     ON CONFLICT (building_key) DO UPDATE SET position = EXCLUDED.position`,
    [buildingKey, positionSeconds],
  )
}
