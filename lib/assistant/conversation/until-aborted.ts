/**
 * Events for as long as nobody has had enough: whoever sends them may be busy with something that does not listen to the signal,
 * such as a calculation, and then ends by itself.
 * @throws the signal's reason
 */
export async function* untilAborted<Event>(events: AsyncIterable<Event>, signal: AbortSignal): AsyncGenerator<Event> {
  let stop: () => void = () => {}
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error)
    signal.addEventListener('abort', stop)
  })
  aborted.catch(() => undefined)
  const iterator = events[Symbol.asyncIterator]()
  try {
    signal.throwIfAborted()
    for (;;) {
      const coming = iterator.next()
      coming.catch(() => undefined)
      const next = await Promise.race([coming, aborted])
      if (next.done) return
      yield next.value
    }
  } finally {
    signal.removeEventListener('abort', stop)
    // A generator that is busy ends once it is done; nobody waits for it.
    iterator.return?.().catch(() => undefined)
  }
}
