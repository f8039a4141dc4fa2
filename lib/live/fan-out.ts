/** The handlers of each topic. One that throws keeps neither the others nor the connection from working. */
export class FanOut<Arguments extends unknown[]> {
  private readonly byTopic = new Map<string, Set<(...args: Arguments) => void>>()

  constructor(private readonly onProblem: (sentence: string) => void) {}

  get topics(): string[] {
    return [...this.byTopic.keys()]
  }

  add(topic: string, handler: (...args: Arguments) => void): void {
    const handlers = this.byTopic.get(topic)
    if (handlers) handlers.add(handler)
    else this.byTopic.set(topic, new Set([handler]))
  }

  /** @returns true when it was the last one of the topic */
  remove(topic: string, handler: (...args: Arguments) => void): boolean {
    const handlers = this.byTopic.get(topic)
    if (!handlers?.delete(handler) || handlers.size > 0) return false
    return this.byTopic.delete(topic)
  }

  emit(topic: string, ...args: Arguments): void {
    for (const handler of this.byTopic.get(topic) ?? []) {
      try {
        handler(...args)
      } catch (error) {
        this.onProblem(`A handler of ${topic} failed: ${error instanceof Error ? error.stack : String(error)}`)
      }
    }
  }
}
