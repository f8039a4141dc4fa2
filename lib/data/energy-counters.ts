import { APPLIANCE_COUNT } from '@/lib/contracts/appliances'
import { noEnergy, type CountedEnergy, type EnergyCounter } from '@/lib/domain/energy-counter'
import { pool } from '@/lib/infra/db'

interface CounterRow {
  key: number
  frozen_until: number
  frozen_wh: number[]
  shown_wh: number[]
}

/** Counters by building key; of a building that was never told of there is none. */
export async function readCounters(buildingKeys: readonly number[]): Promise<Map<number, EnergyCounter>> {
  const { rows } = await pool().query<CounterRow>(
    `SELECT building_key AS key, extract(epoch FROM frozen_until)::float8 AS frozen_until, frozen_wh, shown_wh
     FROM energy_counter WHERE building_key = ANY($1::int[])`,
    [buildingKeys],
  )
  return new Map(
    rows.map((row) => [
      row.key,
      {
        frozenUntilSeconds: row.frozen_until,
        frozen: fromArray(row.frozen_wh),
        shown: { ...fromArray(row.shown_wh), otherWh: row.shown_wh[APPLIANCE_COUNT + 2] ?? 0 },
      },
    ]),
  )
}

/** Keeps counters; that of a building which is gone by now is left out. */
export async function storeCounters(counters: ReadonlyMap<number, EnergyCounter>): Promise<void> {
  const rows = [...counters].map(([key, { frozenUntilSeconds, frozen, shown }]) => ({
    key,
    frozen_until: new Date(frozenUntilSeconds * 1000).toISOString(),
    frozen_wh: toArray(frozen),
    shown_wh: [...toArray(shown), shown.otherWh],
  }))
  await pool().query(
    `INSERT INTO energy_counter (building_key, frozen_until, frozen_wh, shown_wh)
     SELECT b.key, c.frozen_until, c.frozen_wh, c.shown_wh
     FROM jsonb_to_recordset($1::jsonb) AS c(key int, frozen_until timestamptz, frozen_wh float8[], shown_wh float8[])
     JOIN building b ON b.key = c.key
     ON CONFLICT (building_key) DO UPDATE SET frozen_until = EXCLUDED.frozen_until, frozen_wh = EXCLUDED.frozen_wh,
       shown_wh = EXCLUDED.shown_wh
     WHERE energy_counter.frozen_until <= EXCLUDED.frozen_until`,
    [JSON.stringify(rows)],
  )
}

export interface CountedSpan {
  key: number
  /** Minutes from here on, Unix seconds. */
  sinceSeconds: number
  /** Minutes before this are summed apart from later ones. */
  splitSeconds: number
}

/** Sums of stored minutes up to `untilSeconds`, before and after the split of each building, in one state of the database. */
export async function sumMinutes(
  spans: readonly CountedSpan[],
  untilSeconds: number,
): Promise<Map<number, { before: CountedEnergy; after: CountedEnergy }>> {
  const sums = new Map(spans.map(({ key }) => [key, { before: noEnergy(), after: noEnergy() }]))
  const { rows } = await pool().query<{ key: number; before: boolean; appliance: number | null; drawn_wh: number; fed_in_wh: number }>(
    `WITH span AS (
       SELECT key, to_timestamp(since) AS since, to_timestamp(split) AS split
       FROM unnest($1::int[], $2::float8[], $3::float8[]) AS s(key, since, split)
     )
     SELECT s.key, m.minute < s.split AS before, NULL::smallint AS appliance,
       sum(greatest(m.energy_wh, 0)) AS drawn_wh, -sum(least(m.energy_wh, 0)) AS fed_in_wh
     FROM span s JOIN power_minute m ON m.building_key = s.key AND m.minute >= s.since
     WHERE m.minute >= to_timestamp($4) AND m.minute < to_timestamp($5)
     GROUP BY 1, 2
     UNION ALL
     SELECT s.key, m.minute < s.split, m.appliance, sum(m.energy_wh), 0
     FROM span s JOIN appliance_minute m ON m.building_key = s.key AND m.minute >= s.since
     WHERE m.minute >= to_timestamp($4) AND m.minute < to_timestamp($5)
     GROUP BY 1, 2, 3`,
    [
      spans.map(({ key }) => key),
      spans.map(({ sinceSeconds }) => sinceSeconds),
      spans.map(({ splitSeconds }) => splitSeconds),
      // For the planner, which cannot leave out partitions by what a join says.
      Math.min(...spans.map(({ sinceSeconds }) => sinceSeconds)),
      untilSeconds,
    ],
  )
  for (const row of rows) {
    const sum = sums.get(row.key)?.[row.before ? 'before' : 'after']
    if (!sum) continue
    if (row.appliance === null) Object.assign(sum, { drawnWh: row.drawn_wh, fedInWh: row.fed_in_wh })
    else sum.applianceWh[row.appliance] = row.drawn_wh
  }
  return sums
}

const toArray = ({ drawnWh, fedInWh, applianceWh }: CountedEnergy) => [drawnWh, fedInWh, ...applianceWh]
const fromArray = ([drawnWh = 0, fedInWh = 0, ...rest]: number[]): CountedEnergy => ({
  drawnWh,
  fedInWh,
  applianceWh: rest.slice(0, APPLIANCE_COUNT),
})
