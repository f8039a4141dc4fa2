import type { Work, WorkState } from '@/lib/contracts/jobs'
import { pool } from '@/lib/infra/db'
import { MOST_ATTEMPTS } from './background-jobs'
import { MOST_LEARNING_ATTEMPTS } from './learning-jobs'
import type { SiteViewer } from './sites'

export const LEARNING = 'learning'

interface Row extends Omit<Work, 'site' | 'building' | 'requestedBy'> {
  siteId: string | null
  siteName: string | null
  buildingId: string | null
  buildingName: string | null
  userId: string | null
  username: string | null
}

/** Jobs of all kinds as one table, with whose they are. $1: the caller, null for one who sees every site. */
const VISIBLE_WORK = `
  SELECT work.*, s.id AS site_id, s.name AS site_name, b.id AS building_id, b.name AS building_name,
    u.id AS user_id, u.username
  FROM (
    SELECT id, kind, building_key, status AS state, progress, message, error, attempts, ${MOST_ATTEMPTS} AS most_attempts,
      cancel_requested, requested_by, created_at, started_at, finished_at, request ->> 'name' AS name
    FROM background_job
    UNION ALL
    SELECT id, '${LEARNING}', building_key, status, progress, NULL, error, attempts, ${MOST_LEARNING_ATTEMPTS},
      cancel_requested, requested_by, created_at, started_at, finished_at, NULL
    FROM home_learning_job
  ) work
  LEFT JOIN building b ON b.key = work.building_key
  LEFT JOIN site s ON s.id = b.site_id
  LEFT JOIN user_account u ON u.id = work.requested_by
  WHERE $1::text IS NULL OR EXISTS (SELECT 1 FROM site_member m WHERE m.site_id = s.id AND m.user_id = $1)`

const FIELDS = `id, kind, name, state, progress, message, error, attempts, most_attempts AS "mostAttempts",
  (cancel_requested AND state = 'running') AS "isStopping",
  site_id AS "siteId", site_name AS "siteName", building_id AS "buildingId", building_name AS "buildingName",
  user_id AS "userId", username, extract(epoch FROM created_at)::float8 AS "createdAt",
  extract(epoch FROM started_at)::float8 AS "startedAt", extract(epoch FROM finished_at)::float8 AS "finishedAt"`

export interface WorkFilter {
  state?: WorkState
  kind?: string
  siteId?: string
  beforeId?: string
  limit: number
}

/** Jobs of the sites a user may see, newest first. */
export async function listWork(viewer: SiteViewer, { state, kind, siteId, beforeId, limit }: WorkFilter): Promise<Work[]> {
  const { rows } = await pool().query<Row>(
    `WITH visible AS (${VISIBLE_WORK})
     SELECT ${FIELDS} FROM visible
     WHERE ($2::text IS NULL OR state = $2) AND ($3::text IS NULL OR kind = $3) AND ($4::text IS NULL OR site_id = $4)
       AND ($5::text IS NULL OR (created_at, id) < (SELECT created_at, id FROM visible WHERE id = $5))
     ORDER BY visible.created_at DESC, visible.id DESC LIMIT $6`,
    [viewerId(viewer), state ?? null, kind ?? null, siteId ?? null, beforeId ?? null, limit],
  )
  return rows.map(toWork)
}

export async function countWork(viewer: SiteViewer): Promise<Map<WorkState, number>> {
  const { rows } = await pool().query<{ state: WorkState; count: number }>(
    `SELECT state, count(*)::int AS count FROM (${VISIBLE_WORK}) visible GROUP BY state`,
    [viewerId(viewer)],
  )
  return new Map(rows.map(({ state, count }) => [state, count]))
}

/** A job if it exists and the user may see it. */
export async function findWork(viewer: SiteViewer, id: string): Promise<Work | null> {
  const { rows } = await pool().query<Row>(`SELECT ${FIELDS} FROM (${VISIBLE_WORK}) visible WHERE id = $2`, [viewerId(viewer), id])
  return rows[0] ? toWork(rows[0]) : null
}

const viewerId = (viewer: SiteViewer) => (viewer.siteScope === 'all' ? null : viewer.id)

function toWork({ siteId, siteName, buildingId, buildingName, userId, username, ...row }: Row): Work {
  return {
    ...row,
    site: siteId === null ? null : { id: siteId, name: siteName ?? siteId },
    building: buildingId === null ? null : { id: buildingId, name: buildingName ?? buildingId },
    requestedBy: userId === null ? null : { id: userId, username: username ?? userId },
  }
}
