import { z } from 'zod'
import { assistantParts } from '@/lib/assistant/assistant-parts'
import { ask } from '@/lib/assistant/conversation/ask'
import { type NumberedEvent, numberedEvents, resumeAnswer } from '@/lib/assistant/conversation/resume'
import { chatRequestSchema } from '@/lib/contracts/chat'
import { eventStreamResponse, type ServerSentEvent } from '@/lib/http/event-stream'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { refuseChat } from '../chat-problem'

const EVENTS =
  'Events: `start` (ids), `tool_call` and `tool_result` (what is asked of the data), `delta` (checked text), `replace` (the whole ' +
  'text so far, anew), `notice`, and last `done` (what POST /api/chat answers) or `error`. An answer goes on when the connection ' +
  'drops, and ends up in the conversation. '

export const POST = handle({
  summary: 'Ask the assistant, with the answer as server-sent events',
  description: `${EVENTS}With \`Last-Event-ID\` no question is asked: what was missed since that event comes, and the rest.`,
  permission: 'chat:use',
  audit: 'no-change',
  body: chatRequestSchema,
  answer: z.string(),
  answerType: 'text/event-stream',
  async run({ user, body, request }) {
    const lastEventId = request.headers.get('last-event-id')
    if (lastEventId) return streamOf(await resumed(user, lastEventId, request.signal))
    const generation = await ask(user, body, assistantParts()).catch(refuseChat)
    return streamOf(numberedEvents(generation, -1, request.signal))
  },
})

export const GET = handle({
  summary: 'Come back to a streamed answer',
  description: `${EVENTS}Sends what came after an event, or everything from the start of an answer.`,
  permission: 'chat:use',
  query: z.object({
    /** For clients that cannot set the Last-Event-ID header: the id of the last event, or of the message. */
    last_event_id: z.string().max(200).optional(),
  }),
  answer: z.string(),
  answerType: 'text/event-stream',
  async run({ user, query, request }) {
    const lastEventId = request.headers.get('last-event-id') ?? query.last_event_id ?? ''
    return streamOf(await resumed(user, lastEventId, request.signal))
  },
})

async function resumed(user: { id: string }, lastEventId: string, signal: AbortSignal): Promise<AsyncIterable<NumberedEvent>> {
  const found = await resumeAnswer(user, lastEventId, signal)
  if (!found) throw notFound('answer with this event')
  return found
}

function streamOf(events: AsyncIterable<NumberedEvent>): Response {
  return eventStreamResponse(toServerSent(events))
}

async function* toServerSent(events: AsyncIterable<NumberedEvent>): AsyncGenerator<ServerSentEvent> {
  for await (const { id, event } of events) yield { id, name: event.type, data: event }
}
