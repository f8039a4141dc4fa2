import type { PoolClient } from 'pg'
import type { SampleSource } from '@/lib/contracts/sample'
import { forgetDeviceWeeks } from '@/lib/data/device-weeks'

/** Readings of one building's main meter, by column; NaN: not measured. */
export interface MainsColumns {
  timestampSeconds: number[]
  powerWatts: number[]
  voltageVolts: number[]
  currentAmps: number[]
  powerFactor: number[]
  reactivePowerVar: number[]
  frequencyHertz: number[]
  thdPercent: number[]
}

/** Electrical readings of one building's devices, by column; NaN: not measured. */
export interface ElectricalColumns {
  timestampSeconds: number[]
  deviceState: string[]
  cluster: number[]
  voltageVolts: number[]
  currentAmperes: number[]
  realPowerWatts: number[]
  reactivePowerVar: number[]
  apparentPowerVa: number[]
  powerFactor: number[]
  frequencyHertz: number[]
  thdPercent: number[]
}

/** Energy of minutes that a slow meter's intervals were spread over. */
export interface MinuteColumns {
  minuteSeconds: number[]
  energyWh: number[]
  coveredSeconds: number[]
  minWatts: number[]
  maxWatts: number[]
}

/** How many were new; where only some were, which. */
export interface Stored {
  rows: number
  /** Positions of the new ones; null where all or none were. */
  positions: Set<number> | null
}

/** Quarters of an hour (Unix seconds / 900) that got new readings. */
export interface StoredMains extends Stored {
  quarters: number[]
}

export const QUARTER_SECONDS = 900
const MICROSECONDS = 1e6
/** Below any meter's resolution, and a number that small does not fit a REAL column. */
const NEGLIGIBLE = 1e-9

/**
 * Stores readings; those of a time that is stored already stay as they are. The partitions must exist.
 * @param lateAfterSeconds later ones are marked late: the models in memory will not see them in order
 */
export async function insertMains(
  client: PoolClient,
  buildingKey: number,
  columns: MainsColumns,
  lateAfterSeconds: number,
  source: SampleSource,
): Promise<StoredMains> {
  const count = columns.timestampSeconds.length
  if (count === 0) return { rows: 0, positions: null, quarters: [] }
  const { rows } = await client.query<{ count: number; quarters: number[] | null; times: string[] | null }>({
    name: 'import-mains',
    text: `WITH inserted AS (
       INSERT INTO power_raw (building_key, ts, power_watts, voltage_volts, current_amps, power_factor, reactive_power_var,
                              frequency_hertz, thd_percent, source, late)
       SELECT $1, to_timestamp(t), p, u, i, pf, q, f, thd, $10, t > $11
       FROM UNNEST($2::float8[], $3::real[], $4::real[], $5::real[], $6::real[], $7::real[], $8::real[], $9::real[])
         AS s(t, p, u, i, pf, q, f, thd)
       ON CONFLICT DO NOTHING
       RETURNING ts)
     SELECT count(*)::int AS count, array_agg(DISTINCT floor(extract(epoch FROM ts) / ${QUARTER_SECONDS})::int) AS quarters,
       CASE WHEN count(*) < $12 THEN array_agg((extract(epoch FROM ts) * 1e6)::bigint) END AS times
     FROM inserted`,
    values: [
      buildingKey,
      numbers(columns.timestampSeconds),
      numbers(columns.powerWatts),
      numbers(columns.voltageVolts),
      numbers(columns.currentAmps),
      numbers(columns.powerFactor),
      numbers(columns.reactivePowerVar),
      numbers(columns.frequencyHertz),
      numbers(columns.thdPercent),
      source,
      lateAfterSeconds,
      count,
    ],
  })
  const { count: stored = 0, quarters, times } = rows[0] ?? {}
  const key = (seconds: number) => String(Math.round(seconds * MICROSECONDS))
  return {
    rows: stored,
    positions: positionsOf(stored, count, columns.timestampSeconds.map(key), times ?? null),
    quarters: quarters ?? [],
  }
}

/** Stores electrical readings; one of the same time and device stays as it is. The partitions must exist. */
export async function insertElectrical(client: PoolClient, buildingKey: number, columns: ElectricalColumns): Promise<Stored> {
  const count = columns.timestampSeconds.length
  if (count === 0) return { rows: 0, positions: null }
  await forgetDeviceWeeks(client, buildingKey, columns.timestampSeconds.filter((_, i) => columns.deviceState[i] !== ''))
  const { rows } = await client.query<{ count: number; keys: string[] | null }>({
    name: 'import-electrical',
    text: `WITH inserted AS (
       INSERT INTO electrical_data (building_key, recorded_at, device_state, cluster, voltage_volts, current_amperes,
         real_power_watts, reactive_power_var, apparent_power_va, power_factor, frequency_hertz, thd_percent)
       SELECT $1, to_timestamp(t), d, c, u, i, p, q, s, pf, f, thd
       FROM UNNEST($2::float8[], $3::text[], $4::int[], $5::float8[], $6::float8[], $7::float8[], $8::float8[], $9::float8[],
                   $10::float8[], $11::float8[], $12::float8[]) AS r(t, d, c, u, i, p, q, s, pf, f, thd)
       ON CONFLICT DO NOTHING
       RETURNING recorded_at, device_state)
     SELECT count(*)::int AS count,
       CASE WHEN count(*) < $13 THEN array_agg((extract(epoch FROM recorded_at) * 1e6)::bigint || ' ' || device_state) END AS keys
     FROM inserted`,
    values: [
      buildingKey,
      numbers(columns.timestampSeconds),
      columns.deviceState,
      numbers(columns.cluster),
      numbers(columns.voltageVolts),
      numbers(columns.currentAmperes),
      numbers(columns.realPowerWatts),
      numbers(columns.reactivePowerVar),
      numbers(columns.apparentPowerVa),
      numbers(columns.powerFactor),
      numbers(columns.frequencyHertz),
      numbers(columns.thdPercent),
      count,
    ],
  })
  const { count: stored = 0, keys } = rows[0] ?? {}
  const ownKeys = columns.timestampSeconds.map((seconds, i) => `${Math.round(seconds * MICROSECONDS)} ${columns.deviceState[i]}`)
  return { rows: stored, positions: positionsOf(stored, count, ownKeys, keys ?? null) }
}

/** Stores minutes of energy where nothing covers more of them; estimates of theirs stay within. The partitions must exist. */
export async function insertMinutes(client: PoolClient, buildingKey: number, columns: MinuteColumns): Promise<Stored> {
  const count = columns.minuteSeconds.length
  if (count === 0) return { rows: 0, positions: null }
  const { rows } = await client.query<{ minute: number }>(
    `INSERT INTO power_minute AS stored (building_key, minute, energy_wh, covered_seconds, min_watts, max_watts)
     SELECT $1, to_timestamp(m), e, c, lo, hi
     FROM UNNEST($2::float8[], $3::float8[], $4::real[], $5::real[], $6::real[]) AS s(m, e, c, lo, hi)
     ON CONFLICT (building_key, minute) DO UPDATE SET energy_wh = EXCLUDED.energy_wh, covered_seconds = EXCLUDED.covered_seconds,
       min_watts = EXCLUDED.min_watts, max_watts = EXCLUDED.max_watts
     WHERE EXCLUDED.covered_seconds > stored.covered_seconds + 1
     RETURNING extract(epoch FROM minute)::float8 AS minute`,
    [
      buildingKey,
      numbers(columns.minuteSeconds),
      numbers(columns.energyWh),
      numbers(columns.coveredSeconds),
      numbers(columns.minWatts),
      numbers(columns.maxWatts),
    ],
  )
  const minutes = rows.map(({ minute }) => minute)
  await client.query(
    `UPDATE appliance_minute a SET energy_wh = a.energy_wh * GREATEST(m.energy_wh, 0) / t.energy_wh
     FROM power_minute m, (SELECT minute, sum(energy_wh) AS energy_wh FROM appliance_minute
       WHERE building_key = $1 AND minute = ANY(SELECT to_timestamp(u) FROM UNNEST($2::float8[]) u) GROUP BY minute) t
     WHERE a.building_key = $1 AND a.minute = t.minute AND m.building_key = $1 AND m.minute = t.minute
       AND t.energy_wh > GREATEST(m.energy_wh, 0)`,
    [buildingKey, numbers(minutes)],
  )
  return { rows: rows.length, positions: positionsOf(rows.length, count, columns.minuteSeconds.map(String), minutes.map(String)) }
}

function positionsOf(
  stored: number,
  all: number,
  keys: readonly string[],
  storedKeys: readonly string[] | null,
): Set<number> | null {
  if (stored === 0 || stored === all || !storedKeys) return null
  const places = new Map(keys.map((key, position) => [key, position]))
  return new Set(storedKeys.map((key) => places.get(key) ?? -1))
}

/** An array as PostgreSQL reads it: pg's own way of writing one takes several times as long. */
function numbers(values: readonly number[]): string {
  let text = '{'
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    text += i === 0 ? '' : ','
    text += !Number.isFinite(value) ? 'NULL' : Math.abs(value) < NEGLIGIBLE ? '0' : String(value)
  }
  return `${text}}`
}
