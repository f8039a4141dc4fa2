import { setTimeout as sleep } from 'node:timers/promises'
import type { Sample } from '@/lib/contracts/sample'

/** An hour of one meter: what an outage may cost in memory. */
const CAPACITY = 3_600
const MOST_PER_DELIVERY = 2_000
const BETWEEN_DELIVERIES_MILLISECONDS = 100
const FIRST_RETRY_MILLISECONDS = 250
const LAST_RETRY_MILLISECONDS = 10_000

export interface DeliveryOptions {
  /** Sends samples in order. When it rejects, the same samples are given to it again, in the same order. */
  deliver: (samples: readonly Sample[]) => Promise<void>
  /** Told a sentence when deliveries begin to fail and when they work again. */
  say: (sentence: string) => void
}

/**
 * Holds readings until the store has taken them: in order, at most ten deliveries a second, retried for ever. When it is
 * full, `add` waits.
 */
export class DeliveryQueue {
  private readonly waiting: Sample[] = []
  private readonly stopped = new AbortController()
  private wakeSender: () => void = () => {}
  private wakeAdders: (() => void)[] = []
  private readonly sender: Promise<void>
  private closing = false
  /** Readings the store has confirmed. */
  delivered = 0

  constructor(private readonly options: DeliveryOptions) {
    this.sender = this.send()
  }

  /** Takes a reading; waits for room first. */
  async add(sample: Sample): Promise<void> {
    while (this.waiting.length >= CAPACITY && !this.stopped.signal.aborted) {
      await new Promise<void>((resolve) => this.wakeAdders.push(resolve))
    }
    this.waiting.push(sample)
    this.wakeSender()
  }

  /** Delivers what is waiting, for ever if need be, and ends. */
  async finish(): Promise<void> {
    this.closing = true
    this.wakeSender()
    await this.sender
  }

  /**
   * As finish, but gives up after a while.
   * @returns readings that were not delivered
   */
  async stop(graceMilliseconds: number): Promise<number> {
    const grace = sleep(graceMilliseconds, undefined, { signal: this.stopped.signal }).catch(() => {})
    await Promise.race([this.finish(), grace])
    this.stopped.abort()
    for (const wake of this.wakeAdders.splice(0)) wake()
    return this.waiting.length
  }

  private async send(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      if (this.waiting.length === 0) {
        if (this.closing) return
        await new Promise<void>((resolve) => {
          this.wakeSender = resolve
        })
        continue
      }
      const batch = this.waiting.slice(0, MOST_PER_DELIVERY)
      await this.deliverUntilTaken(batch)
      if (this.stopped.signal.aborted) return
      this.waiting.splice(0, batch.length)
      this.delivered += batch.length
      for (const wake of this.wakeAdders.splice(0)) wake()
      await this.pause(BETWEEN_DELIVERIES_MILLISECONDS)
    }
  }

  private async deliverUntilTaken(batch: readonly Sample[]): Promise<void> {
    let delay = FIRST_RETRY_MILLISECONDS
    for (let failures = 0; !this.stopped.signal.aborted; failures += 1) {
      try {
        await this.options.deliver(batch)
        if (failures > 0) this.options.say(`The live store is back; ${this.waiting.length} readings waited for it.`)
        return
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        if (failures === 0)
          this.options.say(`The live store takes no readings: ${reason} They are kept and sent when it is back.`)
        await this.pause(delay)
        delay = Math.min(delay * 2, LAST_RETRY_MILLISECONDS)
      }
    }
  }

  private async pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.stopped.signal }).catch(() => {})
  }
}
