import { pool } from '@/lib/infra/db'

export interface SessionCounts {
  conversations: number
  activeConversations: number
  /** Log-ins that go on. */
  logins: number
  activeLogins: number
  users: number
}

/** @param activeSeconds how recently something was used to be called active */
export async function countSessions(activeSeconds: number): Promise<SessionCounts> {
  const { rows } = await pool().query<SessionCounts>(
    `SELECT (SELECT count(*)::int FROM chat_sessions) AS conversations,
       (SELECT count(*)::int FROM chat_sessions WHERE last_active > now() - make_interval(secs => $1)) AS "activeConversations",
       (SELECT count(*)::int FROM user_session WHERE expires_at > now()) AS logins,
       (SELECT count(*)::int FROM user_session WHERE expires_at > now() AND last_seen_at > now() - make_interval(secs => $1))
         AS "activeLogins",
       (SELECT count(*)::int FROM user_account) AS users`,
    [activeSeconds],
  )
  return rows[0]!
}
