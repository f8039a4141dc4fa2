import type { ChatAnswer, ChatEvent } from '@/lib/contracts/chat'
import { type ChatMessageRow, findChatMessage, idOfMessageBefore } from '@/lib/data/chat-messages'
import { findChatSession } from '@/lib/data/chat-sessions'
import { findGeneration, type Generation } from './generation'

export interface NumberedEvent {
  /** For Last-Event-ID. */
  id: string
  event: ChatEvent
}

/** The events of an answer from the beginning on. */
export async function* numberedEvents(
  generation: Generation,
  afterIndex = -1,
  signal?: AbortSignal,
): AsyncGenerator<NumberedEvent> {
  for await (const { index, event } of generation.listen(afterIndex, signal)) {
    yield { id: `${generation.messageId}:${index}`, event }
  }
}

/**
 * What came after an event of an answer, and what is still to come. Of an answer that was given long ago only its end is left.
 * @param lastEventId `message:index`, or a message's id for all of it
 * @returns null where the user has no such answer
 */
export async function resumeAnswer(
  user: { id: string },
  lastEventId: string,
  signal: AbortSignal,
): Promise<AsyncIterable<NumberedEvent> | null> {
  const [, messageId = '', index = '-1'] = /^([\w-]{1,100})(?::(\d{1,6}))?$/.exec(lastEventId) ?? []
  const generation = findGeneration(user.id, messageId)
  if (generation) return numberedEvents(generation, Number(index), signal)
  const message = await findChatMessage(user.id, messageId)
  const answer = message && (await storedAnswer(user.id, message))
  return answer && ending(messageId, Number(index), answer)
}

async function* ending(messageId: string, after: number, answer: ChatAnswer): AsyncGenerator<NumberedEvent> {
  const events: ChatEvent[] = [{ type: 'replace', text: answer.response }, { type: 'done', answer }]
  for (const [offset, event] of events.entries()) yield { id: `${messageId}:${after + 1 + offset}`, event }
}

/** An answer as it was first given; null where the message is none. */
async function storedAnswer(
  userId: string,
  { id, sessionId, content, timestamp, grounding }: ChatMessageRow,
): Promise<ChatAnswer | null> {
  const session = await findChatSession(userId, sessionId)
  if (!session || !grounding) return null
  return {
    response: content,
    message: content,
    session_id: sessionId,
    message_id: id,
    question_id: (await idOfMessageBefore(id)) ?? '',
    site_id: session.siteId ?? '',
    devices: grounding.devices,
    confidence: grounding.confidence,
    tokens_used: grounding.tokensUsed,
    cached: grounding.cached,
    timestamp: timestamp.toISOString(),
    grounding,
  }
}
