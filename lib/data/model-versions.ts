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
