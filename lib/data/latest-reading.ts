import { pool } from '@/lib/infra/db'

export interface LatestReading {
  /** Unix seconds. */
  timestamp: number
  powerWatts: number
  voltageVolts: number | null
  currentAmps: number | null
  powerFactor: number | null
  reactivePowerVar: number | null
  frequencyHertz: number | null
  thdPercent: number | null
}

/** The newest stored reading of a building's main meter; null before the first. */
export async function findLatestReading(buildingId: string): Promise<LatestReading | null> {
  const { rows } = await pool().query<LatestReading>({
    name: 'latest-reading',
    text: `SELECT extract(epoch FROM ts)::float8 AS timestamp, power_watts AS "powerWatts", voltage_volts AS "voltageVolts",
       current_amps AS "currentAmps", power_factor AS "powerFactor", reactive_power_var AS "reactivePowerVar",
       frequency_hertz AS "frequencyHertz", thd_percent AS "thdPercent"
     FROM power_raw WHERE building_key = (SELECT key FROM building WHERE id = $1) ORDER BY ts DESC LIMIT 1`,
    values: [buildingId],
  })
  return rows[0] ?? null
}
