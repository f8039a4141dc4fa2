import type { ChatMessage, ChatSession, HistoryQuery } from '@/lib/contracts/chat'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { type ChatMessageRow, findChatMessage, listChatMessages, saveChatFeedback } from '@/lib/data/chat-messages'
import {
  type ChatSessionRow,
  deleteChatSession,
  deleteChatSessionsOf,
  findChatSession,
  listChatSessions,
  renameChatSession,
} from '@/lib/data/chat-sessions'

type Person = Pick<CurrentUser, 'id'>

/** The caller's conversations with all that was said, but not what it rests on; the last active first. */
export async function listSessionsOf(user: Person, { search, limit, before }: HistoryQuery): Promise<ChatSession[]> {
  const sessions = await listChatSessions(user.id, { limit, search, before: before === undefined ? undefined : new Date(before) })
  return withMessages(sessions, { withGrounding: false })
}

/** null where the caller has no such conversation. */
export async function getSessionOf(user: Person, sessionId: string): Promise<ChatSession | null> {
  const session = await findChatSession(user.id, sessionId)
  return session && ((await withMessages([session], { withGrounding: true }))[0] ?? null)
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

/** A conversation as a text to keep. */
export function sessionToMarkdown({ title, created_at, messages }: ChatSession): string {
  const said = messages.map(({ role, content, timestamp, grounding }) => {
    const asked = (grounding?.results ?? []).map(({ tool, period }) => `${tool}${period ? ` (${period.label})` : ''}`)
    const confidence = grounding ? `Confidence ${Math.round(grounding.confidence * 100)} %` : ''
    const facts = [confidence, asked.length > 0 && `asked: ${asked.join(', ')}`]
    const source = grounding ? `\n\n*${facts.filter(Boolean).join('; ')}*` : ''
    return `## ${role === 'user' ? 'Question' : 'Answer'}, ${timestamp}\n\n${content}${source}\n`
  })
  return [`# ${title}\n\nBegun ${created_at}\n`, ...said].join('\n')
}

async function withMessages(sessions: readonly ChatSessionRow[], options: { withGrounding: boolean }): Promise<ChatSession[]> {
  const messages = new Map<string, ChatMessage[]>()
  for (const message of await listChatMessages(sessions.map(({ sessionId }) => sessionId), options)) {
    messages.set(message.sessionId, [...(messages.get(message.sessionId) ?? []), toMessage(message)])
  }
  return sessions.map((session) => ({
    session_id: session.sessionId,
    user_id: session.userId,
    title: session.title,
    site_id: session.siteId,
    messages: messages.get(session.sessionId) ?? [],
    created_at: session.createdAt.toISOString(),
    updated_at: session.lastActive.toISOString(),
  }))
}

const toMessage = ({ id, role, content, timestamp, grounding, feedback, feedbackComment }: ChatMessageRow): ChatMessage => ({
  id,
  role,
  content,
  timestamp: timestamp.toISOString(),
  grounding,
  feedback,
  feedback_comment: feedbackComment,
})
