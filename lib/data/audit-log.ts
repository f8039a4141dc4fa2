import type { Pool, PoolClient } from 'pg'
import { pool } from '@/lib/infra/db'

export interface AuditLogRow {
  actorId: string | null
  actorName: string | null
  action: string
  target: string | null
  /** JSON texts; null where there is nothing to tell. */
  beforeJson: string | null
  afterJson: string | null
  requestId: string | null
  ip: string | null
}

export async function insertAuditLog(row: AuditLogRow, on: Pool | PoolClient = pool()): Promise<void> {
  await on.query(
    `INSERT INTO audit_log (actor_id, actor_name, action, target, before, after, request_id, ip)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [row.actorId, row.actorName, row.action, row.target, row.beforeJson, row.afterJson, row.requestId, row.ip],
  )
}

export interface StoredAuditLogRow extends Omit<AuditLogRow, 'beforeJson' | 'afterJson'> {
  id: string
  at: Date
  before: unknown
  after: unknown
}

/** Newest first. @param beforeId only rows older than this one */
export async function listAuditLog({ beforeId, limit }: { beforeId?: string; limit: number }): Promise<StoredAuditLogRow[]> {
  const { rows } = await pool().query<StoredAuditLogRow>(
    `SELECT id::text, at, actor_id AS "actorId", actor_name AS "actorName", action, target, before, after,
            request_id AS "requestId", ip
     FROM audit_log WHERE $1::bigint IS NULL OR id < $1 ORDER BY audit_log.id DESC LIMIT $2`,
    [beforeId ?? null, limit],
  )
  return rows
}
