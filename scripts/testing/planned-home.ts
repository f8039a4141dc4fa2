import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { ensureModelVersion } from '@/lib/data/model-versions'
import { rollUpHours } from '@/lib/data/series-write'
import { pool, withTransaction } from '@/lib/infra/db'

/** A tariff under which evenings are dear, as the API takes it. */
export const DAY_AND_NIGHT = {
  name: 'Day and night',
  validFrom: '2020-01-01',
  rate: {
    kind: 'time_of_use',
    defaultPricePerKwh: 0.1,
    windows: [{ name: 'Evening', weekdays: [1, 2, 3, 4, 5, 6, 7], from: '17:00', to: '23:00', pricePerKwh: 0.5 }],
  },
}

export interface WrittenRun {
  appliance: Appliance
  /** Unix seconds on a full minute. */
  startSeconds: number
  minutes: number
  watts: number
}

export interface WrittenHome {
  buildingKey: number
  /** Unix seconds on full hours, half open. */
  fromSeconds: number
  toSeconds: number
  /** What is drawn beside the runs, W, by Unix seconds of the minute; negative where more is fed in. */
  baseWatts: (minuteSeconds: number) => number
  runs: readonly WrittenRun[]
}

const HOURS_AT_A_TIME = 48

/** Writes minutes, hours and runs of a home whose every run is known: what tests of savings read. */
export async function writeKnownHome({ buildingKey, fromSeconds, toSeconds, baseWatts, runs }: WrittenHome): Promise<void> {
  const modelVersionId = await ensureModelVersion('known', '1')
  const minutes = Array.from({ length: (toSeconds - fromSeconds) / 60 }, (_, index) => fromSeconds + index * 60)
  const used = runs.flatMap(({ appliance, startSeconds, minutes: length, watts }) =>
    Array.from({ length }, (_, index) => ({ at: startSeconds + index * 60, appliance: APPLIANCES.indexOf(appliance), wh: watts / 60 })))
  const usedWh = new Map<number, number>()
  for (const { at, wh } of used) usedWh.set(at, (usedWh.get(at) ?? 0) + wh)
  await withTransaction(async (client) => {
    await client.query('SELECT ensure_partitions(to_timestamp($1), to_timestamp($2))', [fromSeconds, toSeconds])
    await client.query(
      `INSERT INTO power_minute (building_key, minute, energy_wh, covered_seconds, min_watts, max_watts)
       SELECT $1, to_timestamp(at), wh, 60, wh * 60, wh * 60 FROM unnest($2::float8[], $3::float8[]) AS u(at, wh)`,
      [buildingKey, minutes, minutes.map((at) => baseWatts(at) / 60 + (usedWh.get(at) ?? 0))],
    )
    await client.query(
      `INSERT INTO appliance_minute (building_key, minute, appliance, energy_wh, on_seconds, confidence, model_version_id)
       SELECT $1, to_timestamp(at), appliance, wh, 60, 0.8, $5 FROM unnest($2::float8[], $3::int[], $4::float8[]) AS u(at, appliance, wh)`,
      [buildingKey, used.map(({ at }) => at), used.map(({ appliance }) => appliance), used.map(({ wh }) => wh), modelVersionId],
    )
    await client.query(
      `INSERT INTO activation (building_key, appliance, started_at, ended_at, energy_wh, peak_watts, confidence, model_version_id)
       SELECT $1, appliance, to_timestamp(started), to_timestamp(ended), wh, watts, 0.8, $7
       FROM unnest($2::int[], $3::float8[], $4::float8[], $5::float8[], $6::float8[]) AS u(appliance, started, ended, wh, watts)`,
      [
        buildingKey,
        runs.map(({ appliance }) => APPLIANCES.indexOf(appliance)),
        runs.map(({ startSeconds }) => startSeconds),
        runs.map(({ startSeconds, minutes: length }) => startSeconds + length * 60),
        runs.map(({ minutes: length, watts }) => (watts * length) / 60),
        runs.map(({ watts }) => watts),
        modelVersionId,
      ],
    )
    for (let start = fromSeconds; start < toSeconds; start += HOURS_AT_A_TIME * 3600) {
      const hours = Math.min(HOURS_AT_A_TIME, (toSeconds - start) / 3600)
      await rollUpHours(client, Array.from({ length: hours }, (_, hour) => ({ buildingKey, minuteSeconds: start + hour * 3600 })))
    }
  })
  await pool().query('ANALYZE power_minute, appliance_minute')
}
