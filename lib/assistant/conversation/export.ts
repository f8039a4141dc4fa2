import type { ChatMessage } from '@/lib/contracts/chat'
import { eachChatMessage } from '@/lib/data/chat-messages'
import { type ChatSessionRow, findChatSession } from '@/lib/data/chat-sessions'
import { describeSession, toMessage } from './sessions'

type Format = 'markdown' | 'json'

/** All of a conversation as the text of a file, in parts; null where the caller has no such conversation. */
export async function exportSessionOf(user: { id: string }, sessionId: string, format: Format): Promise<AsyncIterable<string> | null> {
  const session = await findChatSession(user.id, sessionId)
  return session && (format === 'json' ? asJson(session) : asMarkdown(session))
}

async function* asMarkdown(session: ChatSessionRow): AsyncGenerator<string> {
  yield `# ${session.title}\n\nBegun ${session.createdAt.toISOString()}\n`
  for await (const row of eachChatMessage(session.sessionId)) yield `\n${messageToMarkdown(toMessage(row))}`
}

function messageToMarkdown({ role, content, timestamp, grounding }: ChatMessage): string {
  const asked = (grounding?.results ?? []).map(({ tool, period }) => `${tool}${period ? ` (${period.label})` : ''}`)
  const confidence = grounding ? `Confidence ${Math.round(grounding.confidence * 100)} %` : ''
  const facts = [confidence, asked.length > 0 && `asked: ${asked.join(', ')}`]
  const source = grounding ? `\n\n*${facts.filter(Boolean).join('; ')}*` : ''
  return `## ${role === 'user' ? 'Question' : 'Answer'}, ${timestamp}\n\n${content}${source}\n`
}

/** What the API says of a conversation, with all its messages. */
async function* asJson(session: ChatSessionRow): AsyncGenerator<string> {
  const { messages: _, ...rest } = describeSession(session, [], false)
  yield `${JSON.stringify(rest, null, 2).slice(0, -2)},\n  "messages": [`
  let between = '\n'
  for await (const row of eachChatMessage(session.sessionId)) {
    yield `${between}${JSON.stringify(toMessage(row), null, 2)}`
    between = ',\n'
  }
  yield '\n  ]\n}\n'
}
