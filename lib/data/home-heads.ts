import type { Pool, PoolClient } from 'pg'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { headMetricsSchema, type HeadMetrics, type HeadStatus } from '@/lib/contracts/home-learning'
import { pool, withTransaction } from '@/lib/infra/db'
import type { HeadPeriod, HomeHead } from '@/lib/nilm/home-head'

/** Of advisory locks: of a building's heads for an appliance one is active. */
const LOCK = 727_003
/** Of each building. */
const LISTED_HEADS = 100

export interface HeadRow {
  id: string
  buildingKey: number
  appliance: Appliance
  modelVersion: string
  status: HeadStatus
  metrics: HeadMetrics
  /** Unix seconds. */
  createdAt: number
  statusAt: number
  effectiveFrom: number | null
}

interface WeightsRow {
  id: string
  appliance: number
  weights: Pick<HomeHead, 'provisional' | 'final' | 'powerFactor'>
}

/**
 * The newest heads of each of these buildings for the model that serves it, newest first, and all that are active, however old:
 * those of another model have no say, whatever their status.
 */
export async function findHeads(buildingKeys: readonly number[]): Promise<HeadRow[]> {
  const { rows } = await pool().query<{
    id: string
    building_key: number
    appliance: number
    model: string
    status: HeadStatus
    metrics: unknown
    created_at: number
    status_at: number
    effective_from: number | null
  }>(
    `WITH heads AS (
       SELECT h.*, v.version AS model, row_number() OVER (PARTITION BY h.building_key ORDER BY h.created_at DESC, h.id) AS place
       FROM home_head h JOIN model_version v ON v.id = h.model_version_id
       LEFT JOIN session_checkpoint c ON c.building_key = h.building_key
       WHERE h.building_key = ANY($1::int[]) AND v.version = coalesce(c.state->>'modelVersion', v.version))
     SELECT h.id, h.building_key, h.appliance, h.model, h.status, h.metrics,
       floor(extract(epoch FROM h.created_at))::float8 AS created_at, floor(extract(epoch FROM h.status_at))::float8 AS status_at,
       (SELECT extract(epoch FROM max(p.effective_from))::float8 FROM home_head_period p
        WHERE p.head_id = h.id AND p.effective_until IS NULL) AS effective_from
     FROM heads h WHERE h.place <= $2 OR h.status = 'active' ORDER BY h.created_at DESC, h.id`,
    [buildingKeys, LISTED_HEADS],
  )
  return rows.flatMap((row) => {
    const appliance = APPLIANCES[row.appliance]
    if (!appliance) return []
    return [{
      id: row.id,
      buildingKey: row.building_key,
      appliance,
      modelVersion: row.model,
      status: row.status,
      metrics: headMetricsSchema.parse(row.metrics),
      createdAt: row.created_at,
      statusAt: row.status_at,
      effectiveFrom: row.effective_from,
    }]
  })
}

/** Takes an active head back. @returns whether it was active */
export async function rollBackHead(id: string, buildingKeys: readonly number[]): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE home_head SET status = 'rolled_back', status_at = now()
     WHERE id = $1 AND building_key = ANY($2::int[]) AND status = 'active'`,
    [id, buildingKeys],
  )
  return (rowCount ?? 0) > 0
}

/** Lets a head that was once in effect take effect again. @returns whether there is such a one */
export async function activateHead(id: string, buildingKeys: readonly number[]): Promise<boolean> {
  return withTransaction(async (client) => {
    const { rows } = await client.query<{ building_key: number; appliance: number; model_version_id: number }>(
      `SELECT building_key, appliance, model_version_id FROM home_head
       WHERE id = $1 AND building_key = ANY($2::int[]) AND status IN ('rolled_back', 'replaced') FOR UPDATE`,
      [id, buildingKeys],
    )
    const row = rows[0]
    if (!row) return false
    await replaceActiveHead(client, row.building_key, row.appliance, row.model_version_id)
    await client.query(`UPDATE home_head SET status = 'active', status_at = now() WHERE id = $1`, [id])
    return true
  })
}

/** Active heads for a model version, by building key; buildings without are absent. */
export async function findActiveHeadIds(buildingKeys: readonly number[], modelVersion: string): Promise<Map<number, string[]>> {
  const { rows } = await pool().query<{ building_key: number; ids: string[] }>(
    `SELECT h.building_key, array_agg(h.id ORDER BY h.id) AS ids
     FROM home_head h JOIN model_version v ON v.id = h.model_version_id
     WHERE h.building_key = ANY($1::int[]) AND h.status = 'active' AND v.version = $2 GROUP BY h.building_key`,
    [buildingKeys, modelVersion],
  )
  return new Map(rows.map((row) => [row.building_key, row.ids]))
}

export async function readHeads(ids: readonly string[]): Promise<HomeHead[]> {
  const { rows } = await pool().query<WeightsRow>('SELECT id, appliance, weights FROM home_head WHERE id = ANY($1) ORDER BY id', [ids])
  return rows.flatMap(toHead)
}

/** For which readings a building's heads of a model version counted, as far as they reach past `sinceSeconds`. */
export async function readHeadPeriods(
  database: Pool | PoolClient,
  buildingKey: number,
  modelVersion: string,
  sinceSeconds: number,
): Promise<HeadPeriod[]> {
  const { rows } = await database.query<WeightsRow & { from: number; until: number | null }>(
    `SELECT h.id, h.appliance, h.weights, extract(epoch FROM p.effective_from)::float8 AS from,
       extract(epoch FROM p.effective_until)::float8 AS until
     FROM home_head_period p JOIN home_head h ON h.id = p.head_id JOIN model_version v ON v.id = h.model_version_id
     WHERE p.building_key = $1 AND v.version = $2 AND (p.effective_until IS NULL OR p.effective_until > to_timestamp($3))
     ORDER BY p.effective_from, h.id`,
    [buildingKey, modelVersion, sinceSeconds],
  )
  return rows.flatMap((row) => toHead(row).map((head) => ({ head, fromSeconds: row.from, untilSeconds: row.until })))
}

/** From this reading's time on exactly these heads count. Repeating it changes nothing. */
export async function storeHeadChange(
  client: PoolClient,
  buildingKey: number,
  { fromSeconds, headIds }: { fromSeconds: number; headIds: readonly string[] },
): Promise<void> {
  await client.query('DELETE FROM home_head_period WHERE building_key = $1 AND effective_from >= to_timestamp($2)', [
    buildingKey,
    fromSeconds,
  ])
  await client.query(
    `UPDATE home_head_period SET effective_until = to_timestamp($2)
     WHERE building_key = $1 AND (effective_until IS NULL OR effective_until > to_timestamp($2))`,
    [buildingKey, fromSeconds],
  )
  await client.query(
    `INSERT INTO home_head_period (building_key, head_id, effective_from)
     SELECT $1, id, to_timestamp($2) FROM home_head WHERE id = ANY($3)`,
    [buildingKey, fromSeconds, headIds],
  )
}

/** Makes room for another active head, in the transaction that has one. */
export async function replaceActiveHead(
  client: PoolClient,
  buildingKey: number,
  appliance: number,
  modelVersionId: number,
): Promise<void> {
  // Whoever makes another head active at the same time would find none to retire, and then be the second.
  await client.query('SELECT pg_advisory_xact_lock($1, $2)', [LOCK, buildingKey])
  await client.query(
    `UPDATE home_head SET status = 'replaced', status_at = now()
     WHERE building_key = $1 AND appliance = $2 AND model_version_id = $3 AND status = 'active'`,
    [buildingKey, appliance, modelVersionId],
  )
}

function toHead({ id, appliance, weights }: WeightsRow): HomeHead[] {
  const name = APPLIANCES[appliance]
  return name ? [{ id, appliance: name, ...weights }] : []
}
