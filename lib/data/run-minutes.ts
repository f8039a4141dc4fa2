import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { pool } from '@/lib/infra/db'

export interface RunStretch {
  buildingKey: number
  appliance: Appliance
  /** Unix seconds. */
  startedAt: number
  /** Unix seconds; null while it goes on. */
  endedAt: number | null
}

export interface RunQuarters {
  /** Quarters of an hour on the clock in which the run drew something, Unix seconds. */
  quarterStartSeconds: number[]
  /** What its appliance drew in each. */
  quarterWh: number[]
}

const RUNS = 'unnest($1::int[], $2::smallint[], $3::float8[], $4::float8[]) WITH ORDINALITY AS run(key, appliance, starts, ends, number)'
const OWN_MINUTES = `
  FROM appliance_minute m WHERE m.building_key = run.key AND m.appliance = run.appliance
    AND m.minute >= date_trunc('minute', to_timestamp(run.starts)) AND m.minute < to_timestamp(run.ends)`

/** What each of these runs drew by quarter of an hour, from its minutes; nothing for one whose minutes are no longer kept. */
export async function readRunQuarters(runs: readonly RunStretch[], nowSeconds: number): Promise<RunQuarters[]> {
  if (runs.length === 0) return []
  const { rows } = await pool().query<RunQuarters>(
    `SELECT used.quarters AS "quarterStartSeconds", used.wh AS "quarterWh"
     FROM ${RUNS} CROSS JOIN LATERAL (
       SELECT COALESCE(array_agg(at), '{}') AS quarters, COALESCE(array_agg(wh), '{}') AS wh
       FROM (SELECT floor(date_part('epoch', m.minute) / 900) * 900 AS at, sum(m.energy_wh)::float8 AS wh ${OWN_MINUTES} GROUP BY 1) q
     ) used ORDER BY run.number`,
    givenOf(runs, nowSeconds),
  )
  return rows
}

export interface LastOn {
  /** The last second at which the appliance was on, to within the minute it lies in, Unix seconds; null where no minute says. */
  lastOnSeconds: number | null
  /** Whether a later minute was measured, in which it was off. */
  isOffSince: boolean
}

/** When the appliances of runs that are open were last on. */
export async function readLastOn(runs: readonly RunStretch[], nowSeconds: number): Promise<LastOn[]> {
  if (runs.length === 0) return []
  const { rows } = await pool().query<LastOn>(
    `SELECT GREATEST(date_part('epoch', own.minute), run.starts) + own.on_seconds AS "lastOnSeconds",
       COALESCE(own.minute < (SELECT max(minute) FROM power_minute p
         WHERE p.building_key = run.key AND p.minute >= own.minute AND p.covered_seconds > 0), false) AS "isOffSince"
     FROM ${RUNS} LEFT JOIN LATERAL (
       SELECT m.minute, m.on_seconds ${OWN_MINUTES} AND m.on_seconds > 0 ORDER BY m.minute DESC LIMIT 1
     ) own ON true ORDER BY run.number`,
    givenOf(runs, nowSeconds),
  )
  return rows
}

function givenOf(runs: readonly RunStretch[], nowSeconds: number) {
  return [
    runs.map(({ buildingKey }) => buildingKey),
    runs.map(({ appliance }) => APPLIANCES.indexOf(appliance)),
    runs.map(({ startedAt }) => startedAt),
    runs.map(({ startedAt, endedAt }) => Math.max(endedAt ?? nowSeconds, startedAt + 1)),
  ]
}
