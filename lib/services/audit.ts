import type { PoolClient } from 'pg'
import type { AuditPage, AuditQuery } from '@/lib/contracts/audit'
import { insertAuditLog, listAuditLog } from '@/lib/data/audit-log'

export interface AuditEntry {
  /** null: the application itself, or somebody who was not logged in. */
  actor: { id: string; username: string } | null
  /** What was done, as `noun.verb`: site.update, user.create. */
  action: string
  /** The id of what was changed. */
  target?: string | null
  /** The thing as it was, and as it is now: anything JSON can say. Absent: there was, or is, none. */
  before?: unknown
  after?: unknown
  requestId?: string | null
  /** Where the request came from. */
  ip?: string | null
}

const REDACTED = '[redacted]'
const SECRET_NAME = /(password|passphrase|secret|token|hash|api_?key|credentials?|authorization|cookie)$/i
const MAX_TEXT = 200
const MAX_JSON_BYTES = 64 * 1024

/**
 * Writes one change into the audit log. What is called like a secret (password, token, keyHash ...) is stored as "[redacted]",
 * and a side larger than 64 KiB only as its size.
 * @param on a transaction the entry belongs to; then both are there or neither
 */
export async function recordAudit(entry: AuditEntry, on?: PoolClient): Promise<void> {
  await insertAuditLog(
    {
      actorId: entry.actor?.id ?? null,
      actorName: entry.actor?.username ?? null,
      action: entry.action,
      target: entry.target?.slice(0, MAX_TEXT) ?? null,
      beforeJson: toJson(entry.before),
      afterJson: toJson(entry.after),
      requestId: entry.requestId ?? null,
      ip: entry.ip?.slice(0, MAX_TEXT) ?? null,
    },
    on,
  )
}

/** A page of all that was changed, newest first. */
export async function listAudit({ before, limit }: AuditQuery): Promise<AuditPage> {
  // One more than is shown tells whether there are older ones.
  const rows = await listAuditLog({ beforeId: before, limit: limit + 1 })
  const data = rows.slice(0, limit).map(({ at, ...row }) => ({ ...row, at: at.getTime() / 1000 }))
  return { data, next: rows.length > limit ? (data.at(-1)?.id ?? null) : null }
}

function toJson(value: unknown): string | null {
  if (value === undefined || value === null) return null
  const text: string | undefined = JSON.stringify(value, (name, member: unknown) => {
    if (SECRET_NAME.test(name) && member !== null && typeof member !== 'boolean') return REDACTED
    // Neither of these can be stored as JSON in PostgreSQL.
    return typeof member === 'string' ? member.replace(/[\0\p{Surrogate}]/gu, '\uFFFD') : member
  })
  if (text === undefined) return null
  if (Buffer.byteLength(text) > MAX_JSON_BYTES) return JSON.stringify({ omittedBytes: Buffer.byteLength(text) })
  return text
}
