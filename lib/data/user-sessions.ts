import { prisma } from './prisma'

export type SessionKind = 'browser' | 'token'

export interface SessionRow {
  id: string
  userId: string
  kind: SessionKind
  userAgent: string
  address: string
  createdAt: Date
  lastSeenAt: Date
  expiresAt: Date
}

export type NewSession = Pick<SessionRow, 'id' | 'userId' | 'kind' | 'userAgent' | 'address' | 'expiresAt'>

/** Beyond it the sessions longest out of use end: a program that logs in for every request must not fill the table. */
const MAX_SESSIONS_OF_USER = 200
const SEEN_MILLISECONDS = 60_000

/** Notes down a session and the log-in, and clears away what has expired. */
export async function createSession(session: NewSession): Promise<void> {
  await prisma().userSession.deleteMany({ where: { expiresAt: { lt: new Date() } } })
  await prisma().$transaction([
    prisma().userSession.create({ data: session }),
    prisma().user.update({ where: { id: session.userId }, data: { lastLoginAt: new Date() } }),
  ])
  const surplus = await prisma().userSession.findMany({
    where: { userId: session.userId },
    orderBy: { lastSeenAt: 'desc' },
    skip: MAX_SESSIONS_OF_USER,
    select: { id: true },
  })
  if (surplus.length > 0) await prisma().userSession.deleteMany({ where: { id: { in: surplus.map(({ id }) => id) } } })
}

/** Whether a session of this user goes on; if so, notes down that it was seen. */
export async function findSession(sessionId: string): Promise<{ userId: string; expiresAt: Date } | null> {
  const now = new Date()
  const found = await prisma().userSession.findFirst({
    where: { id: sessionId, expiresAt: { gt: now } },
    select: { userId: true, expiresAt: true, lastSeenAt: true },
  })
  if (!found) return null
  if (now.getTime() - found.lastSeenAt.getTime() > SEEN_MILLISECONDS) {
    await prisma().userSession.updateMany({ where: { id: sessionId }, data: { lastSeenAt: now } })
  }
  return { userId: found.userId, expiresAt: found.expiresAt }
}

export async function extendSession(sessionId: string, expiresAt: Date): Promise<void> {
  await prisma().userSession.updateMany({ where: { id: sessionId }, data: { expiresAt } })
}

/** Sessions that go on, the last used first. */
export async function listSessions(userId: string): Promise<SessionRow[]> {
  const rows = await prisma().userSession.findMany({
    where: { userId, expiresAt: { gt: new Date() } },
    orderBy: [{ lastSeenAt: 'desc' }, { createdAt: 'desc' }],
  })
  return rows.map((row) => ({ ...row, kind: row.kind === 'token' ? 'token' : 'browser' }))
}

/** Ends one session of a user. @returns it, or null when the user has no such session */
export async function deleteSession(userId: string, sessionId: string): Promise<SessionRow | null> {
  const found = (await listSessions(userId)).find(({ id }) => id === sessionId)
  if (!found) return null
  const { count } = await prisma().userSession.deleteMany({ where: { id: sessionId, userId } })
  return count > 0 ? found : null
}

/** Ends a user's sessions, except one where given. @returns their ids */
export async function deleteSessionsOf(userId: string, exceptId?: string): Promise<string[]> {
  const where = { userId, ...(exceptId !== undefined && { id: { not: exceptId } }) }
  const ids = (await prisma().userSession.findMany({ where, select: { id: true } })).map(({ id }) => id)
  await prisma().userSession.deleteMany({ where: { id: { in: ids } } })
  return ids
}
