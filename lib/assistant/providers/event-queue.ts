/** Events of one side that pushes, for one side that waits for them. Ends once, well or with an error. */
export class EventQueue<Event> implements AsyncIterable<Event> {
  readonly #waiting: Event[] = []
  #ended: { error?: unknown } | null = null
  #wake: (() => void) | null = null

  push(event: Event): void {
    if (this.#ended) return
    this.#waiting.push(event)
    this.#wake?.()
  }

  end(): void {
    this.#ended ??= {}
    this.#wake?.()
  }

  fail(error: unknown): void {
    this.#ended ??= { error }
    this.#wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Event> {
    for (;;) {
      const event = this.#waiting.shift()
      if (event !== undefined) yield event
      else if (this.#ended) {
        if ('error' in this.#ended) throw this.#ended.error
        return
      } else {
        await new Promise<void>((resolve) => (this.#wake = resolve))
        this.#wake = null
      }
    }
  }
}
