import { vi } from 'vitest'
import { type LiveEvent, liveEventSchema } from '@/lib/contracts/live-events'

export interface ReceivedEvent {
  id: string | null
  event: LiveEvent
}

export interface EventStream {
  /** Everything received so far, in order, checked against the contract. */
  received: ReceivedEvent[]
  /** Resolves when the server ends the stream. */
  ended: Promise<void>
  /** Resolves with the first event, received already or later, that passes. */
  event(passes: (event: LiveEvent) => boolean): Promise<LiveEvent>
  close(): void
}

/** Reads server-sent events as a browser does. */
export function readEventStream(body: ReadableStream<Uint8Array>): EventStream {
  const received: ReceivedEvent[] = []
  const reader = body.getReader()
  const ended = (async () => {
    const decoder = new TextDecoder()
    let text = ''
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text += decoder.decode(part.value, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]))
        const data = fields.get('data')
        if (data) received.push({ id: fields.get('id') ?? null, event: liveEventSchema.parse(JSON.parse(data)) })
      }
    }
  })().catch(() => {})
  const event = (passes: (event: LiveEvent) => boolean) =>
    vi.waitFor(
      () => {
        const found = received.find((item) => passes(item.event))
        if (!found) throw new Error('the event has not come yet')
        return found.event
      },
      { timeout: 20_000, interval: 20 },
    )
  return { received, ended, event, close: () => void reader.cancel().catch(() => {}) }
}
