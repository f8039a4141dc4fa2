import type { PoolClient } from 'pg'
import { pool, withTransaction } from '@/lib/infra/db'

/** A device that draws no more only waits. */
const DEVICE_ON_WATTS = 5
const WEEK_SECONDS = 7 * 86_400
/** Of advisory locks: what is read for a week must not change before it is written. */
const LOCK = 727_002

export interface DeviceWeekRow {
  /** Unix seconds of its Monday at the site. */
  startSeconds: number
  hours: number
  onHours: number
  medianWatts: number | null
}

/** The weeks of a device in [fromSeconds, toSeconds) that are made, in order; one without readings has no hours. */
export async function findDeviceWeeks(buildingKey: number, device: string, fromSeconds: number, toSeconds: number): Promise<DeviceWeekRow[]> {
  const { rows } = await pool().query<DeviceWeekRow>(
    `SELECT extract(epoch FROM week)::float8 AS "startSeconds", hours, on_hours AS "onHours", median_watts AS "medianWatts"
     FROM device_week WHERE building_key = $1 AND device = $2 AND week >= to_timestamp($3) AND week < to_timestamp($4) ORDER BY week`,
    [buildingKey, device, fromSeconds, toSeconds],
  )
  return rows
}

export interface WatchedDevice {
  buildingKey: number
  device: string
  timeZone: string
}

/** Devices that stand for a piece of equipment. */
export async function findWatchedDevices(): Promise<WatchedDevice[]> {
  const { rows } = await pool().query<WatchedDevice>(
    `SELECT DISTINCT b.key AS "buildingKey", a.device, s.time_zone AS "timeZone"
     FROM asset a JOIN building b ON b.id = a.building_id JOIN site s ON s.id = b.site_id WHERE a.device <> '' ORDER BY 1, 2`,
  )
  return rows
}

/** Makes one week of a device from its readings. @param endSeconds the next Monday 0:00, Unix seconds */
export async function makeDeviceWeek(buildingKey: number, device: string, startSeconds: number, endSeconds: number): Promise<void> {
  await withTransaction(async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1, $2)', [LOCK, buildingKey])
    await client.query(
      `INSERT INTO device_week (building_key, device, week, hours, on_hours, median_watts)
       SELECT $1::int, $2::text, to_timestamp($3), count(DISTINCT date_trunc('hour', recorded_at)),
         count(DISTINCT date_trunc('hour', recorded_at)) FILTER (WHERE real_power_watts > ${DEVICE_ON_WATTS}),
         percentile_cont(0.5) WITHIN GROUP (ORDER BY real_power_watts) FILTER (WHERE real_power_watts > ${DEVICE_ON_WATTS})
       FROM electrical_data WHERE building_key = $1 AND device_state = $2 AND device_state <> ''
         AND recorded_at >= to_timestamp($3) AND recorded_at < to_timestamp($4) AND real_power_watts IS NOT NULL
       ON CONFLICT DO NOTHING`,
      [buildingKey, device, startSeconds, endSeconds],
    )
  })
}

/** Takes out the weeks into which readings of these times, Unix seconds, are being stored: they are made anew. */
export async function forgetDeviceWeeks(client: PoolClient, buildingKey: number, timestampSeconds: readonly number[]): Promise<void> {
  if (timestampSeconds.length === 0) return
  const first = timestampSeconds.reduce((least, at) => Math.min(least, at))
  const last = timestampSeconds.reduce((most, at) => Math.max(most, at))
  await client.query('SELECT pg_advisory_xact_lock($1, $2)', [LOCK, buildingKey])
  await client.query(
    'DELETE FROM device_week WHERE building_key = $1 AND week > to_timestamp($2) AND week <= to_timestamp($3)',
    [buildingKey, first - WEEK_SECONDS - 7200, last],
  )
}
