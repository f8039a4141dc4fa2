import { pool } from '@/lib/infra/db'

export interface ElectricalBin {
  /** Unix seconds of its start. */
  startSeconds: number
  /** [mean, lowest, highest]; null where nothing was measured. */
  voltage: [number, number, number] | null
  frequency: [number, number, number] | null
  powerFactor: [number, number, number] | null
  thd: [number, number, number] | null
}

interface Row {
  start: number
  u: [number | null, number, number]
  f: [number | null, number, number]
  pf: [number | null, number, number]
  thd: [number | null, number, number]
}

/**
 * What was measured beside power, in bins of `binSeconds` that begin in [fromSeconds, toSeconds), oldest first; a bin without any
 * reading is absent.
 * @param basis the main meter's readings, or those of all devices
 */
export async function readElectricalBins(
  buildingKey: number,
  basis: 'meter' | 'devices',
  fromSeconds: number,
  toSeconds: number,
  binSeconds: number,
): Promise<ElectricalBin[]> {
  const triple = (column: string) => `ARRAY[avg(${column}), min(${column}), max(${column})]`
  const { rows } = await pool().query<Row>(
    `SELECT floor(extract(epoch FROM recorded_at) / $4)::float8 * $4 AS start, ${triple('voltage_volts')} AS u,
       ${triple('frequency_hertz')} AS f, ${triple('power_factor')} AS pf, ${triple('thd_percent')} AS thd
     FROM electrical_data
     WHERE building_key = $1 AND recorded_at >= to_timestamp($2) AND recorded_at < to_timestamp($3)
       AND ($5 = 'devices' OR device_state = '')
     GROUP BY 1 ORDER BY 1`,
    [buildingKey, fromSeconds, toSeconds, binSeconds, basis],
  )
  return rows.map(({ start, u, f, pf, thd }) => {
    return { startSeconds: start, voltage: measured(u), frequency: measured(f), powerFactor: measured(pf), thd: measured(thd) }
  })
}

/** Time of a building's newest electrical reading, Unix seconds; null where there is none. */
export async function newestElectricalSeconds(buildingKey: number): Promise<number | null> {
  const { rows } = await pool().query<{ at: number | null }>(
    'SELECT extract(epoch FROM max(recorded_at))::float8 AS at FROM electrical_data WHERE building_key = $1',
    [buildingKey],
  )
  return rows[0]?.at ?? null
}

const measured = ([mean, min, max]: Row['u']): [number, number, number] | null => (mean === null ? null : [mean, min, max])
