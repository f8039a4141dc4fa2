import { pool } from '@/lib/infra/db'

/** The id under which estimates of this model version are stored. */
export async function ensureModelVersion(name: string, version: string): Promise<number> {
  const result = await pool().query<{ id: number }>(
    `INSERT INTO model_version (name, version) VALUES ($1, $2)
     ON CONFLICT (name, version) DO UPDATE SET name = EXCLUDED.name RETURNING id`,
    [name, version],
  )
  const row = result.rows[0]
  if (!row) throw new Error(`Model version ${name} ${version} could not be registered`)
  return row.id
}

export interface ModelVersionRow {
  id: number
  name: string
  version: string
  /** Unix seconds. */
  firstRunAt: number
  /** Buildings whose checkpoint is of it. */
  buildings: number
  heads: number
  activeHeads: number
}

/** Every version a worker of this database ever ran, the newest first. */
export async function listModelVersions(): Promise<ModelVersionRow[]> {
  const { rows } = await pool().query<ModelVersionRow>(
    `SELECT v.id, v.name, v.version, extract(epoch FROM v.created_at)::float8 AS "firstRunAt",
       (SELECT count(*)::int FROM session_checkpoint c WHERE c.state ->> 'modelVersion' = v.version) AS buildings,
       (SELECT count(*)::int FROM home_head h WHERE h.model_version_id = v.id) AS heads,
       (SELECT count(*)::int FROM home_head h WHERE h.model_version_id = v.id AND h.status = 'active') AS "activeHeads"
     FROM model_version v ORDER BY v.created_at DESC, v.id DESC LIMIT 200`,
  )
  return rows
}
