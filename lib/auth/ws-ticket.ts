import { createHash, randomBytes } from 'node:crypto'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { saveWsTicket, takeWsTicket } from '@/lib/data/ws-tickets'
import { type AuthenticatedSession, authenticate, userByIdNow } from './current-user'
import { SESSION_SECONDS } from './session-token'

/** Long enough to open a connection with, too short to be worth stealing from a log. */
export const WS_TICKET_SECONDS = 60

/**
 * A credential for one connection to the live gateway, for clients that can send neither a cookie nor an Authorization header.
 * What it opens ends when the session of this request does.
 */
export async function issueWsTicket(user: CurrentUser, request: Request): Promise<string> {
  const session = await authenticate({
    cookie: request.headers.get('cookie'),
    authorization: request.headers.get('authorization'),
  })
  const ticket = randomBytes(32).toString('base64url')
  const sessionExpiresAtSeconds = session?.token.expiresAtSeconds ?? Date.now() / 1000 + SESSION_SECONDS
  await saveWsTicket({ hash: hashOf(ticket), userId: user.id, validSeconds: WS_TICKET_SECONDS, sessionExpiresAtSeconds })
  return ticket
}

/** Uses a ticket up. @returns null where it is unknown, used already or too old, or its user is gone */
export async function redeemWsTicket(ticket: string): Promise<AuthenticatedSession | null> {
  const taken = await takeWsTicket(hashOf(ticket))
  const user = taken && (await userByIdNow(taken.userId))
  return taken && user ? { user, token: { userId: user.id, expiresAtSeconds: taken.sessionExpiresAtSeconds } } : null
}

const hashOf = (ticket: string) => createHash('sha256').update(ticket).digest('hex')
