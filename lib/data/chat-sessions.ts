import { pool } from '@/lib/infra/db'

export interface ChatSessionRow {
  sessionId: string
  userId: string
  /** null: the site it was about is gone. */
  siteId: string | null
  title: string
  createdAt: Date
  lastActive: Date
}

interface Row {
  session_id: string
  user: string
  site_id: string | null
  title: string
  created_at: Date
  last_active: Date
}

const FIELDS = 'session_id, "user", site_id, title, created_at, last_active'

export async function createChatSession(session: Pick<ChatSessionRow, 'sessionId' | 'userId' | 'siteId' | 'title'>): Promise<void> {
  await pool().query('INSERT INTO chat_sessions (session_id, "user", site_id, title) VALUES ($1, $2, $3, $4)', [
    session.sessionId,
    session.userId,
    session.siteId,
    session.title,
  ])
}

/** One of a user's sessions; null also where it is somebody else's. */
export async function findChatSession(userId: string, sessionId: string): Promise<ChatSessionRow | null> {
  const { rows } = await pool().query<Row>(`SELECT ${FIELDS} FROM chat_sessions WHERE session_id = $1 AND "user" = $2`, [
    sessionId,
    userId,
  ])
  return rows[0] ? toSession(rows[0]) : null
}

interface SessionsAsked {
  limit: number
  /** In the title or a message, in any case. */
  search?: string
  before?: Date
  /** Of those last active at that very time, only what comes after this session. */
  beforeSessionId?: string
}

/** A user's sessions, the last active first. A time of one is told to the millisecond, and compared so. */
export async function listChatSessions(userId: string, { limit, search, before, beforeSessionId }: SessionsAsked): Promise<ChatSessionRow[]> {
  const pattern = search ? `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%` : null
  const { rows } = await pool().query<Row>(
    `SELECT ${FIELDS} FROM chat_sessions s, date_trunc('milliseconds', last_active) AS moment
     WHERE "user" = $1
       AND ($2::timestamptz IS NULL OR moment < $2 OR (moment = $2 AND id < (
         SELECT last.id FROM chat_sessions last WHERE last.session_id = $5 AND last."user" = $1)))
       AND ($3::text IS NULL OR title ILIKE $3
         OR EXISTS (SELECT 1 FROM chat_messages m WHERE m.session_id = s.session_id AND m.content ILIKE $3))
     ORDER BY moment DESC, id DESC LIMIT $4`,
    [userId, before ?? null, pattern, limit, beforeSessionId ?? null],
  )
  return rows.map(toSession)
}

/** The newest session of a user whose last message is an answer of this text. */
export async function findSessionEndingWith(userId: string, answer: string): Promise<ChatSessionRow | null> {
  const { rows } = await pool().query<Row>(
    `SELECT ${FIELDS} FROM chat_sessions s WHERE "user" = $1 AND (
       SELECT m.role = 'assistant' AND m.content = $2 FROM chat_messages m
       WHERE m.session_id = s.session_id ORDER BY m.position DESC LIMIT 1)
     ORDER BY last_active DESC LIMIT 1`,
    [userId, answer],
  )
  return rows[0] ? toSession(rows[0]) : null
}

/** @returns whether the user has such a session */
export async function renameChatSession(userId: string, sessionId: string, title: string): Promise<boolean> {
  const { rowCount } = await pool().query('UPDATE chat_sessions SET title = $3 WHERE session_id = $1 AND "user" = $2', [
    sessionId,
    userId,
    title,
  ])
  return (rowCount ?? 0) > 0
}

/** @returns whether the user had such a session */
export async function deleteChatSession(userId: string, sessionId: string): Promise<boolean> {
  const { rowCount } = await pool().query('DELETE FROM chat_sessions WHERE session_id = $1 AND "user" = $2', [sessionId, userId])
  return (rowCount ?? 0) > 0
}

/** @returns how many there were */
export async function deleteChatSessionsOf(userId: string): Promise<number> {
  const { rowCount } = await pool().query('DELETE FROM chat_sessions WHERE "user" = $1', [userId])
  return rowCount ?? 0
}

/** Notes down that something was said, and about which site. */
export async function touchChatSession(sessionId: string, siteId: string): Promise<void> {
  await pool().query('UPDATE chat_sessions SET last_active = now(), site_id = $2 WHERE session_id = $1', [sessionId, siteId])
}

/** For the administration: of everybody together. `active`: last active within these seconds. */
export async function countChatSessions(activeWithinSeconds: number): Promise<{ sessions: number; users: number; active: number }> {
  const { rows } = await pool().query<{ sessions: number; users: number; active: number }>(
    `SELECT count(*)::int AS sessions, count(DISTINCT "user")::int AS users,
       (count(*) FILTER (WHERE last_active > now() - make_interval(secs => $1)))::int AS active FROM chat_sessions`,
    [activeWithinSeconds],
  )
  return rows[0] ?? { sessions: 0, users: 0, active: 0 }
}

const toSession = (row: Row): ChatSessionRow => ({
  sessionId: row.session_id,
  userId: row.user,
  siteId: row.site_id,
  title: row.title,
  createdAt: row.created_at,
  lastActive: row.last_active,
})
