import { pool } from '@/lib/infra/db'

/** More different names than this in one building are states rather than devices; the rest is left out. */
const MOST_DEVICES = 500

export interface MeasuredDeviceRow {
  buildingKey: number
  deviceState: string
  cluster: number | null
  /** Unix seconds of the last reading. */
  lastSeconds: number
  lastPowerWatts: number | null
  /** Means over the 24 hours up to it. */
  averagePowerWatts: number | null
  averageThdPercent: number | null
  averagePowerFactor: number | null
}

const DEVICE_FIELDS = `building_key AS "buildingKey", device_state AS "deviceState", cluster,
  extract(epoch FROM recorded_at)::float8 AS "lastSeconds", real_power_watts AS "lastPowerWatts",
  average.power AS "averagePowerWatts", average.thd AS "averageThdPercent", average.pf AS "averagePowerFactor"`
const AVERAGES = 'avg(real_power_watts) AS power, avg(thd_percent) AS thd, avg(power_factor) AS pf'

/**
 * Devices with readings of their own in these buildings, by name. Names are found by leaping through the index from one to the
 * next, so that the time taken depends on the number of devices, not of readings.
 */
export async function findMeasuredDevices(buildingKeys: readonly number[]): Promise<MeasuredDeviceRow[]> {
  const { rows } = await pool().query<MeasuredDeviceRow>(
    `WITH RECURSIVE device AS (
       SELECT b, 1 AS found, (SELECT device_state FROM electrical_data WHERE building_key = b AND device_state <> ''
                              ORDER BY device_state LIMIT 1) AS name
       FROM UNNEST($1::int[]) AS u(b)
       UNION ALL
       SELECT b, found + 1, (SELECT device_state FROM electrical_data WHERE building_key = b AND device_state <> ''
                             AND device_state > device.name ORDER BY device_state LIMIT 1)
       FROM device WHERE name IS NOT NULL AND found < $2
     )
     SELECT ${DEVICE_FIELDS} FROM device
     CROSS JOIN LATERAL (SELECT * FROM electrical_data WHERE building_key = device.b AND device_state = device.name
                         AND device_state <> '' ORDER BY recorded_at DESC LIMIT 1) newest
     CROSS JOIN LATERAL (SELECT ${AVERAGES} FROM electrical_data
                         WHERE building_key = device.b AND device_state = device.name AND device_state <> ''
                           AND recorded_at > newest.recorded_at - interval '24 hours' AND recorded_at <= newest.recorded_at) average
     WHERE device.name IS NOT NULL ORDER BY device.b, device.name`,
    [buildingKeys, MOST_DEVICES],
  )
  return rows
}

export interface MainMeterRow {
  buildingKey: number
  /** Unix seconds of the last reading. */
  lastSeconds: number
  lastPowerWatts: number
  /** Means over the 24 hours up to it. */
  averagePowerWatts: number | null
  averageThdPercent: number | null
  averagePowerFactor: number | null
}

/** The main meters of these buildings that have ever sent anything. */
export async function findMainMeters(buildingKeys: readonly number[]): Promise<MainMeterRow[]> {
  const { rows } = await pool().query<MainMeterRow>(
    `SELECT b AS "buildingKey", extract(epoch FROM newest.ts)::float8 AS "lastSeconds", newest.power_watts AS "lastPowerWatts",
       power.average AS "averagePowerWatts", average.thd AS "averageThdPercent", average.pf AS "averagePowerFactor"
     FROM UNNEST($1::int[]) AS u(b)
     CROSS JOIN LATERAL (SELECT ts, power_watts FROM power_raw WHERE building_key = b ORDER BY ts DESC LIMIT 1) newest
     CROSS JOIN LATERAL (SELECT sum(energy_wh) * 3600 / NULLIF(sum(covered_seconds), 0) AS average FROM power_minute
                         WHERE building_key = b AND minute > newest.ts - interval '24 hours' AND minute <= newest.ts) power
     CROSS JOIN LATERAL (SELECT ${AVERAGES} FROM electrical_data
                         WHERE building_key = b AND device_state = ''
                           AND recorded_at > newest.ts - interval '24 hours' AND recorded_at <= newest.ts) average`,
    [buildingKeys],
  )
  return rows
}

export interface ClusterRow {
  buildingKey: number
  cluster: number
  /** The most common. */
  deviceState: string
  devices: number
  readings: number
  /** Unix seconds of the last reading. */
  lastSeconds: number
  averagePowerWatts: number | null
  averageThdPercent: number | null
  averagePowerFactor: number | null
}

/** Clusters of these buildings, each over the seven days up to its last reading. */
export async function findClusters(buildingKeys: readonly number[]): Promise<ClusterRow[]> {
  const { rows } = await pool().query<ClusterRow>(
    `WITH RECURSIVE known AS (
       SELECT b, (SELECT min(cluster) FROM electrical_data WHERE building_key = b AND cluster IS NOT NULL) AS cluster, 1 AS found
       FROM UNNEST($1::int[]) AS u(b)
       UNION ALL
       SELECT b, (SELECT min(e.cluster) FROM electrical_data e
                  WHERE e.building_key = b AND e.cluster IS NOT NULL AND e.cluster > known.cluster), found + 1
       FROM known WHERE cluster IS NOT NULL AND found < $2
     )
     SELECT b AS "buildingKey", known.cluster, member."deviceState", member.devices, member.readings,
       extract(epoch FROM newest.at)::float8 AS "lastSeconds", member.power AS "averagePowerWatts",
       member.thd AS "averageThdPercent", member.pf AS "averagePowerFactor"
     FROM known
     CROSS JOIN LATERAL (SELECT max(recorded_at) AS at FROM electrical_data
                         WHERE building_key = b AND electrical_data.cluster = known.cluster) newest
     CROSS JOIN LATERAL (SELECT mode() WITHIN GROUP (ORDER BY device_state) AS "deviceState",
                           count(DISTINCT device_state)::int AS devices, count(*)::int AS readings, ${AVERAGES}
                         FROM electrical_data WHERE building_key = b AND electrical_data.cluster = known.cluster
                           AND recorded_at > newest.at - interval '7 days' AND recorded_at <= newest.at) member
     WHERE known.cluster IS NOT NULL ORDER BY b, known.cluster`,
    [buildingKeys, MOST_DEVICES],
  )
  return rows
}
