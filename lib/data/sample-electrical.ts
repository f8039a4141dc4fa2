import { forgetDeviceWeeks } from '@/lib/data/device-weeks'
import { ensurePartitions } from '@/lib/data/partitions'
import { withTransaction } from '@/lib/infra/db'

export interface DeviceReading {
  deviceState: string
  cluster: number
  /** Unix seconds. */
  timestampSeconds: number
  powerWatts: number
  voltageVolts: number
  frequencyHertz: number
  powerFactor: number | null
  thdPercent: number | null
}

/** Stores readings of devices with meters of their own; those stored already stay. @returns how many were new */
export function insertDeviceReadings(buildingKey: number, rows: readonly DeviceReading[]): Promise<number> {
  return withTransaction(async (client) => {
    await ensurePartitions(client, rows.map((row) => row.timestampSeconds))
    await forgetDeviceWeeks(client, buildingKey, rows.map((row) => row.timestampSeconds))
    const apparent = (row: DeviceReading) => (row.powerFactor ? row.powerWatts / row.powerFactor : null)
    const { rowCount } = await client.query(
      `INSERT INTO electrical_data (building_key, recorded_at, device_state, cluster, voltage_volts, current_amperes,
         real_power_watts, apparent_power_va, power_factor, frequency_hertz, thd_percent)
       SELECT $1, to_timestamp(t), d, c, u, s / u, p, s, pf, f, thd
       FROM UNNEST($2::float8[], $3::text[], $4::int[], $5::float8[], $6::float8[], $7::float8[], $8::float8[], $9::float8[],
                   $10::float8[]) AS r(t, d, c, u, p, s, pf, f, thd)
       ON CONFLICT DO NOTHING`,
      [
        buildingKey,
        rows.map((row) => row.timestampSeconds),
        rows.map((row) => row.deviceState),
        rows.map((row) => row.cluster),
        rows.map((row) => row.voltageVolts),
        rows.map((row) => row.powerWatts),
        rows.map(apparent),
        rows.map((row) => row.powerFactor),
        rows.map((row) => row.frequencyHertz),
        rows.map((row) => row.thdPercent),
      ],
    )
    return rowCount ?? 0
  })
}
