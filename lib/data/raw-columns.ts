import { pool } from '@/lib/infra/db'

/** A building's readings with fromSeconds < time <= toSeconds in two columns, oldest first; Unix seconds and W. */
export async function readRawColumns(
  buildingKey: number,
  fromSeconds: number,
  toSeconds: number,
): Promise<{ timestamps: number[]; powerWatts: number[] }> {
  // Two texts for a day of 86,400 readings, not as many rows.
  const { rows } = await pool().query<{ times: string | null; watts: string | null }>(
    `SELECT string_agg(date_part('epoch', ts)::text, ',' ORDER BY ts) AS times, string_agg(power_watts::text, ',' ORDER BY ts) AS watts
     FROM power_raw WHERE building_key = $1 AND ts > to_timestamp($2) AND ts <= to_timestamp($3)`,
    [buildingKey, fromSeconds, toSeconds],
  )
  const numbers = (text: string | null | undefined) => (text ? text.split(',').map(Number) : [])
  return { timestamps: numbers(rows[0]?.times), powerWatts: numbers(rows[0]?.watts) }
}
