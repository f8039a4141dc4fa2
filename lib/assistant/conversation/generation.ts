import type { ChatAnswer, ChatEvent } from '@/lib/contracts/chat'

/** How long a finished answer's events can still be asked for again. */
const REMEMBERED_MILLISECONDS = 120_000

/** One answer on its way: goes on whoever listens, remembers its events for who comes back. */
export class Generation {
  readonly events: ChatEvent[] = []
  readonly #abort = new AbortController()
  readonly #listeners = new Set<() => void>()
  #isEnded = false
  /** Settles when the answer is stored, or could not be given. */
  result!: Promise<ChatAnswer>

  constructor(
    readonly messageId: string,
    readonly userId: string,
    /** The conversation that it continues; null: it begins one. */
    readonly sessionId: string | null = null,
  ) {}

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  get isEnded(): boolean {
    return this.#isEnded
  }

  /** The person has heard enough. */
  stop(): void {
    this.#abort.abort(new Stopped())
  }

  push(event: ChatEvent): void {
    this.events.push(event)
    for (const wake of this.#listeners) wake()
  }

  end(): void {
    this.#isEnded = true
    for (const wake of this.#listeners) wake()
  }

  /** Events from the one after `afterIndex` on, as they come, until the end. Leaving it early does not end the answer. */
  async *listen(afterIndex = -1, signal?: AbortSignal): AsyncGenerator<{ index: number; event: ChatEvent }> {
    let wake: () => void = () => {}
    const listener = () => wake()
    this.#listeners.add(listener)
    signal?.addEventListener('abort', listener)
    try {
      for (let index = afterIndex + 1; !signal?.aborted; ) {
        const event = this.events[index]
        if (event) yield { index: index++, event }
        else if (this.#isEnded) return
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      this.#listeners.delete(listener)
      signal?.removeEventListener('abort', listener)
    }
  }
}

/** Why a signal was aborted: not a failure. */
export class Stopped extends Error {
  override name = 'Stopped'
}

// Global, because Next may load this module once per bundle.
const shared = globalThis as typeof globalThis & { undercurrentGenerations?: Map<string, Generation> }
const running = (): Map<string, Generation> => (shared.undercurrentGenerations ??= new Map())

export function registerGeneration(generation: Generation): void {
  running().set(generation.messageId, generation)
}

/** Ends it, and forgets it some time later. */
export function finishGeneration(generation: Generation): void {
  generation.end()
  setTimeout(() => running().delete(generation.messageId), REMEMBERED_MILLISECONDS).unref()
}

/** An answer on its way, or lately finished, of this user. */
export function findGeneration(userId: string, messageId: string): Generation | null {
  const found = running().get(messageId)
  return found?.userId === userId ? found : null
}

/** The message that is being answered in a conversation of this user, in this process; null where none is. */
export function findRunningIn(userId: string, sessionId: string): string | null {
  const found = [...running().values()].find((generation) => {
    const [first] = generation.events
    return generation.userId === userId && !generation.isEnded && first?.type === 'start' && first.session_id === sessionId
  })
  return found?.messageId ?? null
}

/** Whether an answer is on its way in a conversation, in this process. */
export function isAnswering(sessionId: string): boolean {
  return [...running().values()].some((generation) => generation.sessionId === sessionId && !generation.isEnded)
}

export function countRunning(userId: string): number {
  return [...running().values()].filter((generation) => generation.userId === userId && !generation.isEnded).length
}
