import { ProviderError } from './provider'

/** Asked again after this time, one of those that waited will have been answered. */
const RETRY_SECONDS = 5

interface Waiting {
  begin: () => void
}

/** Lets one piece of work at a time through; so many may wait for their turn, in the order they came. */
export class TurnQueue {
  readonly #waiting: Waiting[] = []
  #isTaken = false

  /** @param name who is asked, as people read it */
  constructor(
    readonly name: string,
    readonly maxWaiting: number,
  ) {}

  /**
   * Works once it is its turn. Who gives up while waiting leaves the queue.
   * @throws ProviderError `busy` where too many wait already; the signal's reason
   */
  async run<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    signal.throwIfAborted()
    if (this.#isTaken) await this.#wait(signal)
    this.#isTaken = true
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      // It stays taken, by the next one: nobody who comes now may get in between.
      if (next) next.begin()
      else this.#isTaken = false
    }
  }

  #wait(signal: AbortSignal): Promise<void> {
    const ahead = this.#waiting.length + 1
    if (this.#waiting.length >= this.maxWaiting) {
      const message = `${this.name} is busy: ${ahead} questions are before yours. Ask again in a few seconds.`
      throw new ProviderError('busy', message, RETRY_SECONDS)
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
        reject(signal.reason as Error)
      }
      const waiting: Waiting = {
        begin: () => {
          signal.removeEventListener('abort', leave)
          resolve()
        },
      }
      signal.addEventListener('abort', leave, { once: true })
      this.#waiting.push(waiting)
    })
  }
}
