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
