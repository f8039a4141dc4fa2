import { pool } from '@/lib/infra/db'

/** The credential a ticket stands for. */
export interface TicketCredential {
  kind: 'session' | 'api-key'
  id: string
  userId: string
  /** Unix seconds; null where it does not expire. */
  expiresAtSeconds: number | null
  /** Of an API key, else null. */
  scopes: string[] | null
}

/** Stores a ticket by its hash, and forgets those nobody used in time. */
export async function saveWsTicket(hash: string, validSeconds: number, credential: TicketCredential): Promise<void> {
  const { kind, id, userId, expiresAtSeconds, scopes } = credential
  await pool().query('DELETE FROM ws_ticket WHERE expires_at < now()')
  await pool().query(
    `INSERT INTO ws_ticket (hash, user_id, expires_at, kind, credential_id, credential_expires_at, scopes)
     VALUES ($1, $2, now() + make_interval(secs => $3), $4, $5, to_timestamp($6), $7)`,
    [hash, userId, validSeconds, kind, id, expiresAtSeconds, scopes],
  )
}

/** Takes a ticket: of two who try the same, one gets it. @returns null where there is none that is still valid */
export async function takeWsTicket(hash: string): Promise<TicketCredential | null> {
  const { rows } = await pool().query<TicketCredential & { valid: boolean }>(
    `DELETE FROM ws_ticket WHERE hash = $1
     RETURNING kind, credential_id AS id, user_id AS "userId",
       extract(epoch FROM credential_expires_at)::float8 AS "expiresAtSeconds", scopes, expires_at > now() AS valid`,
    [hash],
  )
  if (!rows[0]?.valid) return null
  const { valid: _, ...credential } = rows[0]
  return credential
}
