import { chatEventSchema, type ChatEvent } from '@/lib/contracts/chat'

export interface ReceivedEvent {
  /** For Last-Event-ID. */
  id: string
  event: ChatEvent
}

/** Server-sent events of an answer, as they arrive; `onSign` hears also of what carries no event. @throws where the connection breaks */
export async function* readEvents(body: ReadableStream<Uint8Array>, onSign: () => void): AsyncGenerator<ReceivedEvent> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      onSign()
      text += decoder.decode(part.value, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const received = parseBlock(block)
        if (received) yield received
      }
    }
  } finally {
    // Whoever has heard enough leaves; the answer itself goes on.
    reader.cancel().catch(() => {})
  }
}

/** null for what carries no event, such as a sign of life. */
function parseBlock(block: string): ReceivedEvent | null {
  let id = ''
  let data = ''
  for (const line of block.split('\n')) {
    if (line.startsWith('id: ')) id = line.slice(4)
    else if (line.startsWith('data: ')) data += line.slice(6)
  }
  return data === '' ? null : { id, event: chatEventSchema.parse(JSON.parse(data)) }
}
