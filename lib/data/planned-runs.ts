import { pool, withTransaction } from '@/lib/infra/db'

export interface PlannedRunRow {
  runId: string
  /** First instant of the local day, Unix seconds. */
  dayStartSeconds: number
  /** Quarter of an hour of the day in which the last plan lets the run begin. */
  startSlot: number
}

/** Where the last plans of a site put its runs, by run. */
export async function findPlannedRuns(siteId: string, fromSeconds: number): Promise<Map<string, number>> {
  const { rows } = await pool().query<{ run_id: string; start_slot: number }>(
    'SELECT run_id, start_slot FROM planned_run WHERE site_id = $1 AND day_start >= to_timestamp($2)',
    [siteId, fromSeconds],
  )
  return new Map(rows.map((row) => [row.run_id, row.start_slot]))
}

/** When the last plans of a site let its runs begin, Unix seconds, by run. */
export async function findPlannedStarts(siteId: string, fromSeconds: number): Promise<Map<string, number>> {
  const { rows } = await pool().query<{ run_id: string; starts_at: number }>(
    `SELECT run_id, extract(epoch FROM day_start)::float8 + start_slot * 900 AS starts_at
     FROM planned_run WHERE site_id = $1 AND day_start >= to_timestamp($2)`,
    [siteId, fromSeconds],
  )
  return new Map(rows.map((row) => [row.run_id, row.starts_at]))
}

/** Remembers where plans put runs, and forgets those of days before `fromSeconds`. */
export async function savePlannedRuns(siteId: string, runs: readonly PlannedRunRow[], fromSeconds: number): Promise<void> {
  await withTransaction(async (client) => {
    await client.query('DELETE FROM planned_run WHERE site_id = $1 AND day_start < to_timestamp($2)', [siteId, fromSeconds])
    await client.query(
      `INSERT INTO planned_run (site_id, run_id, day_start, start_slot)
       SELECT $1, id, to_timestamp(day), slot FROM unnest($2::text[], $3::float8[], $4::int[]) AS u(id, day, slot) ORDER BY id
       ON CONFLICT (site_id, run_id) DO UPDATE SET start_slot = EXCLUDED.start_slot, day_start = EXCLUDED.day_start
         WHERE planned_run.start_slot <> EXCLUDED.start_slot`,
      [siteId, runs.map(({ runId }) => runId), runs.map(({ dayStartSeconds }) => dayStartSeconds), runs.map(({ startSlot }) => startSlot)],
    )
  })
}
