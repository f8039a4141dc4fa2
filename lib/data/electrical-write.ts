import type { PoolClient } from 'pg'
import type { Sample } from '@/lib/contracts/sample'

export interface ElectricalReading {
  buildingKey: number
  sample: Sample
}

/**
 * Keeps the electrical quantities that came with main meters' readings: one row a second, the first reading of a second counts,
 * and one already stored stays as it is. A reading of nothing but power has no row.
 * The partitions must exist.
 */
export async function insertMainsElectrical(client: PoolClient, readings: readonly ElectricalReading[]): Promise<void> {
  const measured = readings.filter(({ sample }) => hasElectrical(sample))
  if (measured.length === 0) return
  const column = (of: (sample: Sample) => number | null | undefined) => measured.map(({ sample }) => of(sample) ?? null)
  await client.query(
    `INSERT INTO electrical_data (building_key, recorded_at, voltage_volts, current_amperes, real_power_watts,
       reactive_power_var, apparent_power_va, power_factor, frequency_hertz, thd_percent)
     SELECT b, to_timestamp(floor(t)), u, i, p, q, s, pf, f, thd
     FROM UNNEST($1::int[], $2::float8[], $3::float8[], $4::float8[], $5::float8[], $6::float8[], $7::float8[], $8::float8[],
                 $9::float8[], $10::float8[]) AS r(b, t, u, i, p, q, s, pf, f, thd)
     ON CONFLICT DO NOTHING`,
    [
      measured.map(({ buildingKey }) => buildingKey),
      column((sample) => sample.timestampSeconds),
      column((sample) => sample.voltageVolts),
      column((sample) => sample.currentAmps),
      column((sample) => sample.powerWatts),
      column((sample) => sample.reactivePowerVar),
      column(apparentPowerVa),
      column((sample) => sample.powerFactor),
      column((sample) => sample.frequencyHertz),
      column((sample) => sample.thdPercent),
    ],
  )
}

function hasElectrical(sample: Sample): boolean {
  const { voltageVolts, currentAmps, powerFactor, reactivePowerVar, frequencyHertz, thdPercent } = sample
  return [voltageVolts, currentAmps, powerFactor, reactivePowerVar, frequencyHertz, thdPercent].some((value) => value !== undefined)
}

/** S = U I; without both, S = sqrt(P² + Q²), which leaves distortion out; null where neither can be had. */
function apparentPowerVa({ voltageVolts, currentAmps, powerWatts, reactivePowerVar }: Sample): number | null {
  if (voltageVolts !== undefined && currentAmps !== undefined) return Math.abs(voltageVolts * currentAmps)
  return reactivePowerVar === undefined ? null : Math.hypot(powerWatts, reactivePowerVar)
}
