import type { ChatMessage, Grounding } from '@/lib/contracts/chat'
import { pool } from '@/lib/infra/db'

export interface ChatMessageRow {
  id: string
  sessionId: string
  role: ChatMessage['role']
  content: string
  timestamp: Date
  /** Of answers. */
  grounding: Grounding | null
  feedback: ChatMessage['feedback']
  feedbackComment: string
}

interface Row {
  id: string
  session_id: string
  role: ChatMessage['role']
  content: string
  timestamp: Date
  grounding: Grounding | null
  feedback: -1 | 1 | null
  feedback_comment: string
}

const MESSAGES_READ_AT_ONCE = 100
const FIELDS = 'm.id, m.session_id, m.role, m.content, m."timestamp", m.grounding, m.feedback, m.feedback_comment'

/**
 * Stores a message. Where its session, or the question it answers, was deleted meanwhile nothing is stored.
 * @returns when it was stored; null: it was not
 */
export async function insertChatMessage(
  message: Pick<ChatMessageRow, 'id' | 'sessionId' | 'role' | 'content'> & { grounding?: Grounding },
  questionId: string | null = null,
): Promise<Date | null> {
  const { rows } = await pool().query<{ timestamp: Date }>(
    `INSERT INTO chat_messages (id, session_id, role, content, grounding)
     SELECT $1, session_id, $3, $4, $5::jsonb FROM chat_sessions
      WHERE session_id = $2 AND ($6::text IS NULL OR EXISTS (SELECT 1 FROM chat_messages WHERE id = $6)) FOR SHARE RETURNING "timestamp"`,
    [message.id, message.sessionId, message.role, message.content, message.grounding ? JSON.stringify(message.grounding) : null, questionId],
  )
  return rows[0]?.timestamp ?? null
}

interface MessagesAsked {
  /** Of each session, the newest. */
  limit: number
  /** Only what was said before this message. */
  beforeMessageId?: string
  /** What answers rest on is much, and null where it is not asked for. */
  withGrounding: boolean
}

/** The newest messages of each of these sessions, oldest first. */
export async function newestChatMessages(
  sessionIds: readonly string[],
  { limit, beforeMessageId, withGrounding }: MessagesAsked,
): Promise<ChatMessageRow[]> {
  const { rows } = await pool().query<Row>(
    `SELECT ${withGrounding ? FIELDS : FIELDS.replace('m.grounding', 'NULL AS grounding')}
       FROM unnest($1::text[]) AS wanted (session_id) CROSS JOIN LATERAL (
         SELECT * FROM chat_messages WHERE session_id = wanted.session_id
           AND ($3::text IS NULL OR position < (SELECT position FROM chat_messages WHERE id = $3 AND session_id = wanted.session_id))
         ORDER BY position DESC LIMIT $2) m
      ORDER BY m.position`,
    [sessionIds, limit, beforeMessageId ?? null],
  )
  return rows.map(toMessage)
}

/** All messages of a session, oldest first, read a hundred at a time. */
export async function* eachChatMessage(sessionId: string): AsyncGenerator<ChatMessageRow> {
  for (let after = '0', isMore = true; isMore; ) {
    const { rows } = await pool().query<Row & { position: string }>(
      `SELECT ${FIELDS}, m.position FROM chat_messages m WHERE m.session_id = $1 AND m.position > $2 ORDER BY m.position LIMIT $3`,
      [sessionId, after, MESSAGES_READ_AT_ONCE],
    )
    for (const row of rows) yield toMessage(row)
    after = rows.at(-1)?.position ?? after
    isMore = rows.length === MESSAGES_READ_AT_ONCE
  }
}

/** The message before one of the same session; null where it is the first. */
export async function idOfMessageBefore(messageId: string): Promise<string | null> {
  const { rows } = await pool().query<{ id: string }>(
    `SELECT b.id FROM chat_messages m JOIN chat_messages b ON b.session_id = m.session_id AND b.position < m.position
      WHERE m.id = $1 ORDER BY b.position DESC LIMIT 1`,
    [messageId],
  )
  return rows[0]?.id ?? null
}

/** A message of one of the user's sessions; null also where it is somebody else's. */
export async function findChatMessage(userId: string, messageId: string): Promise<ChatMessageRow | null> {
  const { rows } = await pool().query<Row>(
    `SELECT ${FIELDS} FROM chat_messages m JOIN chat_sessions s USING (session_id) WHERE m.id = $1 AND s."user" = $2`,
    [messageId, userId],
  )
  return rows[0] ? toMessage(rows[0]) : null
}

/** Deletes the messages of a session from one on, that one too. @returns how many; 0 where the session has no such message */
export async function deleteChatMessagesFrom(sessionId: string, fromMessageId: string): Promise<number> {
  const { rowCount } = await pool().query(
    `DELETE FROM chat_messages WHERE session_id = $1
       AND position >= (SELECT position FROM chat_messages WHERE id = $2 AND session_id = $1)`,
    [sessionId, fromMessageId],
  )
  return rowCount ?? 0
}

/** Of an answer in one of the user's sessions. @returns whether there is one */
export async function saveChatFeedback(
  userId: string,
  messageId: string,
  { feedback, comment }: { feedback: ChatMessage['feedback']; comment: string },
): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE chat_messages m SET feedback = $3, feedback_comment = $4 FROM chat_sessions s
     WHERE m.id = $1 AND s.session_id = m.session_id AND s."user" = $2 AND m.role = 'assistant'`,
    [messageId, userId, feedback === null ? null : feedback === 'up' ? 1 : -1, comment],
  )
  return (rowCount ?? 0) > 0
}

const toMessage = (row: Row): ChatMessageRow => ({
  id: row.id,
  sessionId: row.session_id,
  role: row.role,
  content: row.content,
  timestamp: row.timestamp,
  grounding: row.grounding,
  feedback: row.feedback === null ? null : row.feedback === 1 ? 'up' : 'down',
  feedbackComment: row.feedback_comment,
})
