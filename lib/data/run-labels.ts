import { randomUUID } from 'node:crypto'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { pool, withTransaction } from '@/lib/infra/db'
import { lockLabels, markLabelsChanged } from './label-changes'

export interface RunLabelRow {
  id: string
  buildingKey: number
  /** Unix seconds. */
  startedAt: number
  endedAt: number
  estimatedAppliance: Appliance | null
  trueAppliance: Appliance | null
  createdAt: number
}

interface Row {
  id: string
  building_key: number
  started_at: number
  ended_at: number
  estimated_appliance: number | null
  true_appliance: number | null
  created_at: number
}

const FIELDS = `id, building_key, extract(epoch FROM started_at)::float8 AS started_at, extract(epoch FROM ended_at)::float8 AS ended_at,
  estimated_appliance, true_appliance, floor(extract(epoch FROM created_at))::float8 AS created_at`

/** Labels of these buildings that overlap [fromSeconds, toSeconds], newest run first. */
export async function findRunLabels(buildingKeys: readonly number[], fromSeconds = 0, toSeconds = 2 ** 40): Promise<RunLabelRow[]> {
  const { rows } = await pool().query<Row>(
    `SELECT ${FIELDS} FROM run_label WHERE building_key = ANY($1::int[]) AND ended_at >= to_timestamp($2)
     AND started_at <= to_timestamp($3) ORDER BY run_label.started_at DESC, id`,
    [buildingKeys, fromSeconds, toSeconds],
  )
  return rows.map(toLabel)
}

/** Stores a label; one about the same run is replaced. */
export function saveRunLabel(label: Omit<RunLabelRow, 'id' | 'createdAt'>, userId: string): Promise<RunLabelRow> {
  const { buildingKey, startedAt, endedAt } = label
  const [estimated, truly] = [indexOf(label.estimatedAppliance), indexOf(label.trueAppliance)]
  const conflict = estimated === null
    ? '(building_key, true_appliance, started_at) WHERE estimated_appliance IS NULL'
    : '(building_key, estimated_appliance, started_at) WHERE estimated_appliance IS NOT NULL'
  return withTransaction(async (client) => {
    await lockLabels(client, buildingKey)
    const { rows: replaced } = await client.query<Row>(
      `SELECT ${FIELDS} FROM run_label WHERE building_key = $1 AND started_at = to_timestamp($2)
       AND estimated_appliance IS NOT DISTINCT FROM $3 AND (estimated_appliance IS NOT NULL OR true_appliance = $4)`,
      [buildingKey, startedAt, estimated, truly],
    )
    const { rows } = await client.query<Row>(
      `INSERT INTO run_label (id, building_key, started_at, ended_at, estimated_appliance, true_appliance, created_by)
       VALUES ($1, $2, to_timestamp($3), to_timestamp($4), $5, $6, $7)
       ON CONFLICT ${conflict} DO UPDATE SET ended_at = EXCLUDED.ended_at, true_appliance = EXCLUDED.true_appliance,
         created_by = EXCLUDED.created_by, created_at = now()
       RETURNING ${FIELDS}`,
      [`label_${randomUUID()}`, buildingKey, startedAt, endedAt, estimated, truly, userId],
    )
    const [before] = replaced.map(toLabel)
    const row = rows[0]
    if (!row) throw new Error('The label was not stored.')
    const saved = toLabel(row)
    const isAltered = before && (before.endedAt !== saved.endedAt || before.trueAppliance !== saved.trueAppliance)
    await markLabelsChanged(client, buildingKey, { said: saved, withdrawn: isAltered ? before : undefined })
    return saved
  })
}

/** @returns whether there was one */
export function deleteRunLabel(id: string, buildingKeys: readonly number[]): Promise<boolean> {
  return withTransaction(async (client) => {
    // The lock first, as whoever saves takes it: with the row held before, each could wait for the other.
    const { rows: found } = await client.query<{ building_key: number }>(
      'SELECT building_key FROM run_label WHERE id = $1 AND building_key = ANY($2::int[])',
      [id, buildingKeys],
    )
    if (!found[0]) return false
    await lockLabels(client, found[0].building_key)
    const { rows } = await client.query<Row>(
      `DELETE FROM run_label WHERE id = $1 AND building_key = ANY($2::int[]) RETURNING ${FIELDS}`,
      [id, buildingKeys],
    )
    const [withdrawn] = rows.map(toLabel)
    if (!withdrawn) return false
    await markLabelsChanged(client, withdrawn.buildingKey, { withdrawn })
    return true
  })
}

function toLabel(row: Row): RunLabelRow {
  return {
    id: row.id,
    buildingKey: row.building_key,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    estimatedAppliance: row.estimated_appliance === null ? null : (APPLIANCES[row.estimated_appliance] ?? null),
    trueAppliance: row.true_appliance === null ? null : (APPLIANCES[row.true_appliance] ?? null),
    createdAt: row.created_at,
  }
}

const indexOf = (appliance: Appliance | null) => (appliance === null ? null : APPLIANCES.indexOf(appliance))
