import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import type { HeadStatus } from '@/lib/contracts/home-learning'
import { pool, withTransaction } from '@/lib/infra/db'

export type SiteModelKind = 'forecast' | 'anomalies'

/** Which model of a site: one part of one kind, as the code of today makes it. */
export interface SiteModelName {
  siteId: string
  model: SiteModelKind
  /** What is forecast and how far (`load/day`); of anomalies the building's id. */
  part: string
  format: number
}

export interface SiteModelRow {
  id: string
  model: SiteModelKind
  part: string
  status: HeadStatus
  metrics: unknown
  jobId: string | null
  /** Unix seconds. */
  fittedUntil: number
  createdAt: number
  statusAt: number
}

export interface NewSiteModel extends SiteModelName {
  buildingKey: number | null
  isActive: boolean
  /** The one it was compared with and takes the place of, if it does; null where there was none. */
  comparedWith: string | null
  metrics: unknown
  content: unknown
  fittedUntil: number
  jobId: string | null
  createdBy: string | null
}

/** Of each part so many that were in effect are kept, and as many that never were. */
const OLD_KEPT = 12

const FIELDS = `id, model, part, status, metrics, job_id AS "jobId", extract(epoch FROM fitted_until)::float8 AS "fittedUntil",
  floor(extract(epoch FROM created_at))::float8 AS "createdAt", floor(extract(epoch FROM status_at))::float8 AS "statusAt"`

/** The version in effect, and when it was made, Unix seconds; null where there is none. */
export async function findActiveModel({ siteId, model, part, format }: SiteModelName): Promise<{ id: string; content: unknown; madeAt: number } | null> {
  const { rows } = await pool().query<{ id: string; content: unknown; madeAt: number }>(
    `SELECT id, content, extract(epoch FROM created_at)::float8 AS "madeAt" FROM site_model WHERE site_id = $1 AND model = $2 AND part = $3 AND format = $4 AND status = 'active'`,
    [siteId, model, part, format],
  )
  return rows[0] ?? null
}

/** All versions of a site that the code of today understands, newest first. */
export async function findSiteModels(siteId: string, formats: Record<SiteModelKind, number>): Promise<SiteModelRow[]> {
  const { rows } = await pool().query<SiteModelRow>(
    `SELECT ${FIELDS} FROM site_model WHERE site_id = $1 AND ((model = 'forecast' AND format = $2) OR (model = 'anomalies' AND format = $3))
     ORDER BY site_model.created_at DESC, id LIMIT 1000`,
    [siteId, formats.forecast, formats.anomalies],
  )
  return rows
}

/** What a job made, in the order it made it. */
export async function findModelsOfJob(jobId: string): Promise<SiteModelRow[]> {
  const { rows } = await pool().query<SiteModelRow>(
    `SELECT ${FIELDS} FROM site_model WHERE job_id = $1 ORDER BY site_model.created_at, id`,
    [jobId],
  )
  return rows
}

/** Another version took effect meanwhile; what was made is to be compared with that one. */
export class OtherVersionError extends Error {
  override name = 'OtherVersionError'
}

const UNIQUE_VIOLATION = '23505'

/**
 * Stores a version: in effect in place of the one it was compared with, or rejected.
 * @throws OtherVersionError
 */
export async function saveSiteModel(made: NewSiteModel): Promise<string> {
  const id = `model_${randomUUID()}`
  await insertModel(id, made).catch((error: unknown) => {
    const isTaken = error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION
    throw isTaken ? new OtherVersionError(`Another version of ${made.part} took effect meanwhile.`) : error
  })
  return id
}

async function insertModel(id: string, made: NewSiteModel): Promise<void> {
  await withTransaction(async (client) => {
    await lockVersions(client, made.siteId)
    if (made.isActive && made.comparedWith !== null) await replace(client, made.comparedWith)
    await client.query(
      `INSERT INTO site_model (id, site_id, building_key, model, part, format, status, fitted_until, metrics, content, job_id, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8), $9, $10, $11, $12)`,
      [
        id,
        made.siteId,
        made.buildingKey,
        made.model,
        made.part,
        made.format,
        made.isActive ? 'active' : 'rejected',
        made.fittedUntil,
        JSON.stringify(made.metrics),
        JSON.stringify(made.content),
        made.jobId,
        made.createdBy,
      ],
    )
    // Apart, so that what was no better never pushes out what one may go back to.
    await client.query(
      `DELETE FROM site_model WHERE id IN (SELECT id FROM (
         SELECT id, row_number() OVER (PARTITION BY status = 'rejected' ORDER BY status_at DESC, id) AS place FROM site_model
         WHERE site_id = $1 AND model = $2 AND part = $3 AND status <> 'active') old WHERE place > $4)`,
      [made.siteId, made.model, made.part, OLD_KEPT],
    )
  })
}

async function replace(client: PoolClient, id: string): Promise<void> {
  const { rowCount } = await client.query(
    `UPDATE site_model SET status = 'replaced', status_at = now() WHERE id = $1 AND status = 'active'`,
    [id],
  )
  if (rowCount === 0) throw new OtherVersionError(`Version ${id} is no longer in effect.`)
}

interface Affected extends SiteModelName {
  id: string
}

/**
 * Takes a version in effect back; the one that was in effect before counts again.
 * @returns what was taken back, and whether another one counts now; null = no such version in effect
 */
export async function takeBackSiteModel(
  id: string,
  siteId: string,
  { needsAnother }: { needsAnother: (model: SiteModelKind) => boolean },
): Promise<(Affected & { isTakenBack: boolean }) | null> {
  return withTransaction(async (client) => {
    await lockVersions(client, siteId)
    const taken = await lockModel(client, id, siteId, ['active'])
    if (!taken) return null
    const { rows } = await client.query<{ id: string }>(
      `SELECT id FROM site_model WHERE site_id = $1 AND model = $2 AND part = $3 AND format = $4 AND status = 'replaced'
       ORDER BY status_at DESC, id LIMIT 1 FOR UPDATE`,
      [siteId, taken.model, taken.part, taken.format],
    )
    const before = rows[0]
    if (!before && needsAnother(taken.model)) return { ...taken, isTakenBack: false }
    await client.query(`UPDATE site_model SET status = 'rolled_back', status_at = now() WHERE id = $1`, [id])
    if (before) await client.query(`UPDATE site_model SET status = 'active', status_at = now() WHERE id = $1`, [before.id])
    return { ...taken, isTakenBack: true }
  })
}

/** Lets a version that was once in effect take effect again. @returns null = no such version */
export async function activateSiteModel(id: string, siteId: string): Promise<Affected | null> {
  return withTransaction(async (client) => {
    await lockVersions(client, siteId)
    const chosen = await lockModel(client, id, siteId, ['replaced', 'rolled_back'])
    if (!chosen) return null
    await client.query(
      `UPDATE site_model SET status = 'replaced', status_at = now()
       WHERE site_id = $1 AND model = $2 AND part = $3 AND format = $4 AND status = 'active'`,
      [siteId, chosen.model, chosen.part, chosen.format],
    )
    await client.query(`UPDATE site_model SET status = 'active', status_at = now() WHERE id = $1`, [id])
    return chosen
  })
}

/** One change of a site's versions after the other: each touches several, which two must not take in different orders. */
async function lockVersions(client: PoolClient, siteId: string): Promise<void> {
  await client.query('SELECT 1 FROM site WHERE id = $1 FOR NO KEY UPDATE', [siteId])
}

async function lockModel(client: PoolClient, id: string, siteId: string, statuses: readonly HeadStatus[]): Promise<Affected | null> {
  const { rows } = await client.query<Affected>(
    `SELECT id, site_id AS "siteId", model, part, format FROM site_model WHERE id = $1 AND site_id = $2 AND status = ANY($3) FOR UPDATE`,
    [id, siteId, statuses],
  )
  return rows[0] ?? null
}
