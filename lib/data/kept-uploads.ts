import { pool } from '@/lib/infra/db'

/** Uploaded files that lie on disk, by their jobs: those of an import that is done are deleted with its end. */
const KEPT = `kind = 'import' AND status <> 'done' AND (request->>'isUpload')::boolean AND (request->>'bytes')::bigint > 0`

export interface KeptBytes {
  ofSite: number
  ofUser: number
}

/** What lies on disk for a site's buildings, and for everything a user has uploaded. */
export async function keptUploadBytes(buildingKeys: readonly number[], userId: string): Promise<KeptBytes> {
  const { rows } = await pool().query<KeptBytes>(
    `SELECT COALESCE(sum((request->>'bytes')::bigint) FILTER (WHERE building_key = ANY($1)), 0)::float8 AS "ofSite",
       COALESCE(sum((request->>'bytes')::bigint) FILTER (WHERE requested_by = $2), 0)::float8 AS "ofUser"
     FROM background_job WHERE ${KEPT} AND (building_key = ANY($1) OR requested_by = $2)`,
    [buildingKeys, userId],
  )
  return rows[0]!
}

/** Lets go of the files of a site's or a user's imports that failed or were cancelled. @returns the jobs, whose files can go */
export async function abandonUploads(buildingKeys: readonly number[], userId: string): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>(
    `UPDATE background_job SET request = request || '{"bytes":0}'
     WHERE ${KEPT} AND status IN ('failed', 'cancelled') AND (building_key = ANY($1) OR requested_by = $2) RETURNING id`,
    [buildingKeys, userId],
  )
  return rows.map(({ id }) => id)
}

/** Lets go of the files of imports that failed or were cancelled so long ago. @returns the jobs, whose files can go */
export async function abandonOldUploads(days: number): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>(
    `UPDATE background_job SET request = request || '{"bytes":0}'
     WHERE kind = 'import' AND status IN ('failed', 'cancelled') AND (request->>'isUpload')::boolean
       AND COALESCE((request->>'bytes')::bigint, 1) > 0 AND finished_at < now() - make_interval(days => $1) RETURNING id`,
    [days],
  )
  return rows.map(({ id }) => id)
}
