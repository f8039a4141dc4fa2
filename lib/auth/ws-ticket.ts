import { createHash, randomBytes } from 'node:crypto'
import { saveWsTicket, takeWsTicket } from '@/lib/data/ws-tickets'
import { type AuthenticatedSession, authenticateRequest, type Credential, userOf } from './current-user'

/** Long enough to open a connection with, too short to be worth stealing from a log. */
export const WS_TICKET_SECONDS = 60

/**
 * A credential for one connection to the live gateway, for clients that can send neither a cookie nor an Authorization header.
 * What it opens ends when the session or key of this request does, and may no more than that.
 * @throws Error where the request has no credential
 */
export async function issueWsTicket(request: Request): Promise<string> {
  const session = await authenticateRequest(request)
  if (!session) throw new Error('A ticket needs a request with a credential.')
  const { expiresAtSeconds, scopes, ...credential } = session.token
  const ticket = randomBytes(32).toString('base64url')
  await saveWsTicket(hashOf(ticket), WS_TICKET_SECONDS, {
    ...credential,
    expiresAtSeconds: Number.isFinite(expiresAtSeconds) ? expiresAtSeconds : null,
    scopes: scopes ? [...scopes] : null,
  })
  return ticket
}

/** Uses a ticket up. @returns null where it is unknown, used already or too old, or what it was issued for is gone */
export async function redeemWsTicket(ticket: string): Promise<AuthenticatedSession | null> {
  const taken = await takeWsTicket(hashOf(ticket))
  if (!taken) return null
  const { expiresAtSeconds, scopes, ...credential } = taken
  const token: Credential = { ...credential, expiresAtSeconds: expiresAtSeconds ?? Number.POSITIVE_INFINITY, ...(scopes && { scopes }) }
  const user = await userOf(token)
  return user && { user, token }
}

const hashOf = (ticket: string) => createHash('sha256').update(ticket).digest('hex')
