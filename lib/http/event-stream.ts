const KEEP_ALIVE_MILLISECONDS = 15_000
/** A comment, which is no event. */
const SIGN_OF_LIFE = ': \n\n'

export interface ServerSentEvent {
  /** What a client that comes back sends as Last-Event-ID. */
  id: string
  name: string
  data: unknown
}

/** The headers of an event stream that nothing on the way may hold back. */
const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'private, no-store, no-transform',
  'x-accel-buffering': 'no',
}

/** Answers with events as they come. A client that goes away ends the iteration and nothing else. */
export function eventStreamResponse(events: AsyncIterable<ServerSentEvent>): Response {
  const encoder = new TextEncoder()
  const iterator = events[Symbol.asyncIterator]()
  let keepAlive: NodeJS.Timeout | undefined
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      // Sends the headers off: who comes back must not wait for the next event to know that the stream is there.
      controller.enqueue(encoder.encode(SIGN_OF_LIFE))
      // Proxies close what is silent for long.
      keepAlive = setInterval(() => controller.enqueue(encoder.encode(SIGN_OF_LIFE)), KEEP_ALIVE_MILLISECONDS)
      keepAlive.unref()
    },
    async pull(controller) {
      try {
        const { done, value } = await iterator.next()
        if (!done) return controller.enqueue(encoder.encode(toText(value)))
        clearInterval(keepAlive)
        controller.close()
      } catch (error) {
        clearInterval(keepAlive)
        controller.error(error)
      }
    },
    async cancel() {
      clearInterval(keepAlive)
      await iterator.return?.()
    },
  })
  return new Response(body, { headers: STREAM_HEADERS })
}

// JSON has no line breaks of its own.
const toText = ({ id, name, data }: ServerSentEvent) => `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`
