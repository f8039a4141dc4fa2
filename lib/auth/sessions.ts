import { randomUUID } from 'node:crypto'
import type { UserSession } from '@/lib/contracts/accounts'
import {
  createSession,
  deleteSession,
  deleteSessionsOf,
  extendSession,
  findSession,
  listSessions,
  type SessionKind,
  type SessionRow,
} from '@/lib/data/user-sessions'
import { SESSION_SECONDS } from './session-token'
import { shortCache } from './short-cache'

const MAX_USER_AGENT_LENGTH = 300

const sessions = shortCache('session', findSession)

const endOfSession = () => new Date(Date.now() + SESSION_SECONDS * 1000)

/** @returns the new session's id */
export async function startSession(
  userId: string,
  { kind, userAgent, address }: { kind: SessionKind; userAgent: string | null | undefined; address: string },
): Promise<string> {
  const id = `session_${randomUUID()}`
  const readable = (userAgent ?? '').replaceAll(/\p{Cc}/gu, ' ').slice(0, MAX_USER_AGENT_LENGTH)
  await createSession({ id, userId, kind, userAgent: readable, address: address.slice(0, 64), expiresAt: endOfSession() })
  return id
}

/** Whether a session goes on, as the database had it within the last AUTH_CACHE_SECONDS. */
export async function sessionGoesOn(sessionId: string, userId: string): Promise<boolean> {
  const found = await sessions.get(sessionId)
  return found !== null && found.userId === userId && found.expiresAt.getTime() > Date.now()
}

/** For a browser whose cookie was renewed. */
export async function renewSession(sessionId: string): Promise<void> {
  await extendSession(sessionId, endOfSession())
  sessions.forget(sessionId)
}

export async function listSessionsOf(userId: string, currentId: string | null): Promise<UserSession[]> {
  return (await listSessions(userId)).map((row) => toSession(row, currentId))
}

/** Ends a session of the user. @returns it as it was; null when the user has none of this id */
export async function endSession(userId: string, sessionId: string): Promise<UserSession | null> {
  const ended = await deleteSession(userId, sessionId)
  sessions.forget(sessionId)
  return ended && toSession(ended, null)
}

/** Ends all sessions of a user, except one where given. @returns how many */
export async function endSessionsOf(userId: string, exceptId?: string): Promise<number> {
  const ids = await deleteSessionsOf(userId, exceptId)
  for (const id of ids) sessions.forget(id)
  return ids.length
}

function toSession({ id, kind, userAgent, address, createdAt, lastSeenAt, expiresAt }: SessionRow, currentId: string | null): UserSession {
  const seconds = (date: Date) => date.getTime() / 1000
  return {
    id,
    kind,
    userAgent,
    address,
    createdAt: seconds(createdAt),
    lastSeenAt: seconds(lastSeenAt),
    expiresAt: seconds(expiresAt),
    isCurrent: id === currentId,
  }
}
