import { pool } from '@/lib/infra/db'

/** Stores a ticket by its hash, and forgets those nobody used in time. */
export async function saveWsTicket(ticket: {
  hash: string
  userId: string
  validSeconds: number
  /** Unix seconds. */
  sessionExpiresAtSeconds: number
}): Promise<void> {
  await pool().query('DELETE FROM ws_ticket WHERE expires_at < now()')
  await pool().query(
    `INSERT INTO ws_ticket (hash, user_id, expires_at, session_expires_at)
     VALUES ($1, $2, now() + make_interval(secs => $3), to_timestamp($4))`,
    [ticket.hash, ticket.userId, ticket.validSeconds, ticket.sessionExpiresAtSeconds],
  )
}

/** Takes a ticket: of two who try the same, one gets it. @returns null where there is none that is still valid */
export async function takeWsTicket(hash: string): Promise<{ userId: string; sessionExpiresAtSeconds: number } | null> {
  const { rows } = await pool().query<{ userId: string; sessionExpiresAtSeconds: number; valid: boolean }>(
    `DELETE FROM ws_ticket WHERE hash = $1
     RETURNING user_id AS "userId", extract(epoch FROM session_expires_at)::float8 AS "sessionExpiresAtSeconds",
       expires_at > now() AS valid`,
    [hash],
  )
  const row = rows[0]
  return row?.valid ? { userId: row.userId, sessionExpiresAtSeconds: row.sessionExpiresAtSeconds } : null
}
