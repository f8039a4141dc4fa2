import {
  type ChatMessage,
  type ChatSession,
  type ConversationQuery,
  conversationQuerySchema,
  type HistoryQuery,
} from '@/lib/contracts/chat'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { type ChatMessageRow, findChatMessage, newestChatMessages, saveChatFeedback } from '@/lib/data/chat-messages'
import {
  type ChatSessionRow,
  deleteChatSession,
  deleteChatSessionsOf,
  findChatSession,
  listChatSessions,
  renameChatSession,
} from '@/lib/data/chat-sessions'
import { findRunningIn } from './generation'

type Person = Pick<CurrentUser, 'id'>

/** The caller's conversations with the newest of what was said, but not what it rests on; the last active first. */
export async function listSessionsOf(user: Person, query: HistoryQuery): Promise<ChatSession[]> {
  const { search, limit, messages, before, before_id: beforeSessionId } = query
  const until = before === undefined ? undefined : new Date(before)
  const sessions = await listChatSessions(user.id, { limit, search, before: until, beforeSessionId })
  const ids = sessions.map(({ sessionId }) => sessionId)
  // One more tells whether there is more.
  const rows = await newestChatMessages(ids, { limit: messages + 1, withGrounding: false })
  return sessions.map((session) => {
    const said = rows.filter(({ sessionId }) => sessionId === session.sessionId)
    return describeSession(session, messages === 0 ? [] : said.slice(-messages), said.length > messages)
  })
}

/** A page of a conversation, the newest if not told otherwise; null where the caller has no such conversation. */
export async function getSessionOf(
  user: Person,
  sessionId: string,
  { limit, before }: ConversationQuery = conversationQuerySchema.parse({}),
): Promise<ChatSession | null> {
  const session = await findChatSession(user.id, sessionId)
  if (!session) return null
  const rows = await newestChatMessages([sessionId], { limit: limit + 1, beforeMessageId: before, withGrounding: true })
  const said = rows.slice(-limit)
  // An answer stays with its question.
  const page = rows.length > limit && said[0]?.role === 'assistant' ? said.slice(1) : said
  return describeSession(session, page, rows.length > page.length)
}

/** @returns it as it is now; null where the caller has no such conversation */
export async function renameSessionOf(user: Person, sessionId: string, title: string): Promise<ChatSession | null> {
  return (await renameChatSession(user.id, sessionId, title)) ? getSessionOf(user, sessionId) : null
}

/** @returns whether the caller had such a conversation */
export function deleteSessionOf(user: Person, sessionId: string): Promise<boolean> {
  return deleteChatSession(user.id, sessionId)
}

/** @returns how many there were */
export function deleteAllSessionsOf(user: Person): Promise<number> {
  return deleteChatSessionsOf(user.id)
}

/** What the caller thinks of an answer. @returns it; null where the caller has no such answer */
export async function giveFeedback(
  user: Person,
  messageId: string,
  feedback: Parameters<typeof saveChatFeedback>[2],
): Promise<ChatMessage | null> {
  if (!(await saveChatFeedback(user.id, messageId, feedback))) return null
  const message = await findChatMessage(user.id, messageId)
  return message && toMessage(message)
}

/** A conversation as it is told, with these of its messages. */
export const describeSession = (session: ChatSessionRow, messages: readonly ChatMessageRow[], hasEarlier: boolean): ChatSession => ({
  session_id: session.sessionId,
  user_id: session.userId,
  title: session.title,
  site_id: session.siteId,
  messages: messages.map(toMessage),
  has_earlier: hasEarlier,
  answering: findRunningIn(session.userId, session.sessionId),
  created_at: session.createdAt.toISOString(),
  updated_at: session.lastActive.toISOString(),
})

export const toMessage = ({ id, role, content, timestamp, grounding, feedback, feedbackComment }: ChatMessageRow): ChatMessage => ({
  id,
  role,
  content,
  timestamp: timestamp.toISOString(),
  grounding,
  feedback,
  feedback_comment: feedbackComment,
})
