import type { HourlyValueKind } from '@/lib/contracts/tariffs'
import type { TimedValues } from '@/lib/domain/rate-book'
import { pool } from '@/lib/infra/db'

/** What a value may hold beyond its start. */
const LONGEST_VALUE_SECONDS = 3600

/** Values of a site that hold at any time in [fromSeconds, toSeconds), Unix seconds. */
export async function findHourlyValues(
  siteId: string,
  kind: HourlyValueKind,
  fromSeconds: number,
  toSeconds: number,
): Promise<TimedValues> {
  const { rows } = await pool().query<{ starts: string | null; values: string | null }>(
    `SELECT string_agg(date_part('epoch', starts_at)::text, ',' ORDER BY starts_at) AS starts,
        string_agg(value::text, ',' ORDER BY starts_at) AS values
      FROM site_hourly_value WHERE site_id = $1 AND kind = $2 AND starts_at > to_timestamp($3) AND starts_at < to_timestamp($4)`,
    [siteId, kind, fromSeconds - LONGEST_VALUE_SECONDS, toSeconds],
  )
  const numbers = (text: string | null | undefined) => (text ? text.split(',').map(Number) : [])
  return { startsAtSeconds: numbers(rows[0]?.starts), values: numbers(rows[0]?.values) }
}

/** Stores values; one that is there for the same time is replaced. Starts must differ. */
export async function upsertHourlyValues(
  siteId: string,
  kind: HourlyValueKind,
  { startsAtSeconds, values }: TimedValues,
): Promise<void> {
  await pool().query(
    `INSERT INTO site_hourly_value (site_id, kind, starts_at, value)
     SELECT $1, $2, to_timestamp(s), v FROM UNNEST($3::float8[], $4::float8[]) AS u(s, v)
     ON CONFLICT (site_id, kind, starts_at) DO UPDATE SET value = EXCLUDED.value`,
    [siteId, kind, startsAtSeconds, values],
  )
}

/** @returns how many there were in [fromSeconds, toSeconds), Unix seconds */
export async function deleteHourlyValues(
  siteId: string,
  kind: HourlyValueKind,
  fromSeconds: number,
  toSeconds: number,
): Promise<number> {
  const { rowCount } = await pool().query(
    'DELETE FROM site_hourly_value WHERE site_id = $1 AND kind = $2 AND starts_at >= to_timestamp($3) AND starts_at < to_timestamp($4)',
    [siteId, kind, fromSeconds, toSeconds],
  )
  return rowCount ?? 0
}

/** First and last start and how many there are; null where there is none. Unix seconds. */
export async function hourlyValueExtent(
  siteId: string,
  kind: HourlyValueKind,
): Promise<{ count: number; firstSeconds: number; lastSeconds: number } | null> {
  const { rows } = await pool().query<{ count: number; first: number | null; last: number | null }>(
    `SELECT count(*)::int AS count, date_part('epoch', min(starts_at)) AS first, date_part('epoch', max(starts_at)) AS last
     FROM site_hourly_value WHERE site_id = $1 AND kind = $2`,
    [siteId, kind],
  )
  const row = rows[0]
  return row && row.first !== null && row.last !== null
    ? { count: row.count, firstSeconds: row.first, lastSeconds: row.last }
    : null
}
