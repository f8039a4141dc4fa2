import { RequestFailure } from '@/components/api/request-api'
import type { ChatEvent, ChatRequest } from '@/lib/contracts/chat'
import { problemSchema } from '@/lib/contracts/problem'
import { waitForConnection, watchConnection } from './connection-watch'
import { readEvents } from './event-reader'

const STREAM = '/api/chat/stream'
/** Between attempts to come back to an answer; the last one counts from then on. */
const RETRY_MILLISECONDS = [300, 1_000, 2_000, 5_000]
const MOST_ATTEMPTS = 24

/** A question to ask, or an answer to come back to. */
export type Asked = { question: Partial<ChatRequest> } | { lastEventId: string }

export interface FollowOptions {
  signal: AbortSignal
  onEvent: (event: ChatEvent, id: string) => void
  /** The connection is gone (true) or there again (false). */
  onReconnecting: (isReconnecting: boolean) => void
}

/**
 * Follows an answer from its first event to its last. A connection that drops is taken up again where it broke; a question is sent
 * only once. Ends quietly when the signal says so.
 * @throws Error with a sentence for the person who asked
 */
export async function followAnswer(asked: Asked, { signal, onEvent, onReconnecting }: FollowOptions): Promise<void> {
  let lastEventId = 'lastEventId' in asked ? asked.lastEventId : ''
  let isFirst = 'question' in asked
  for (let attempt = 0; !signal.aborted; attempt++) {
    const watch = watchConnection()
    try {
      const response = await fetch(STREAM, {
        method: isFirst ? 'POST' : 'GET',
        headers: {
          accept: 'text/event-stream',
          'content-type': 'application/json',
          ...(!isFirst && { 'last-event-id': lastEventId }),
        },
        ...(isFirst && 'question' in asked && { body: JSON.stringify(asked.question) }),
        cache: 'no-store',
        signal: AbortSignal.any([signal, watch.signal]),
      })
      if (!response.ok || !response.body) throw await refusalOf(response, isFirst)
      // Also where nothing new was said meanwhile.
      onReconnecting(false)
      for await (const { id, event } of readEvents(response.body, watch.alive)) {
        if (signal.aborted) return
        lastEventId = id
        isFirst = false
        attempt = 0
        onEvent(event, id)
        if (event.type === 'done' || event.type === 'error') return
      }
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof Refused) throw error
      // Before the first event nobody knows whether the question arrived: asking again is the person's choice.
      if (lastEventId === '' || attempt >= MOST_ATTEMPTS) {
        throw error instanceof RequestFailure ? error : new RequestFailure('unreachable')
      }
    } finally {
      watch.end()
    }
    onReconnecting(true)
    await waitForConnection(RETRY_MILLISECONDS[Math.min(attempt, RETRY_MILLISECONDS.length - 1)] ?? 0, signal)
  }
}

/** The server's own word: asking the same again would get the same. */
class Refused extends Error {}

async function refusalOf(response: Response, isFirst: boolean): Promise<Error> {
  // A server that is starting again will know the answer.
  if (!isFirst && response.status >= 500) return new RequestFailure('unexpected')
  const problem = problemSchema.safeParse(await response.json().catch(() => null))
  if (!problem.success) return response.status >= 500 ? new RequestFailure('unexpected') : new Refused(`HTTP ${response.status}`)
  return new Refused(problem.data.errors?.[0]?.message ?? problem.data.detail)
}
