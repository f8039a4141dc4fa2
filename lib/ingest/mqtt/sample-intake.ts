import { setTimeout as sleep } from 'node:timers/promises'
import type { Sample } from '@/lib/contracts/sample'
import type { MqttLog } from '@/lib/infra/mqtt-connection'
import { lengthOfBatch } from '@/lib/ingest/bridge-buffer'

const RETRY_MILLISECONDS = { first: 100, most: 5_000 }

export interface IntakeOptions {
  /** Stores samples durably; when it rejects, the same ones are given to it again. */
  append(samples: readonly Sample[]): Promise<void>
  /** Entries that are held at most. */
  capacity: number
  log: MqttLog
}

interface Entry {
  /** null: there is nothing to store, and it only waits for its turn to be acknowledged. */
  sample: Sample | null
  /** Who gave the sample, each of them once for every time it came. */
  acknowledge: (() => void)[]
}

/**
 * Messages in the order they came in: stored in batches, each acknowledged once its sample is in the store, and in that order.
 * What comes in while a batch is being stored makes up the next one. A sample that comes again while the first is still here is
 * stored once.
 */
export class SampleIntake {
  private entries: Entry[] = []
  private readonly bySample = new Map<string, Entry>()
  private readonly stopped = new AbortController()
  private running: Promise<void> | null = null
  private waitingForRoom: (() => void)[] = []
  private failures = 0
  stored = 0
  /** Why the store took nothing the last time; null once it did. */
  lastError: string | null = null

  constructor(private readonly options: IntakeOptions) {}

  get size(): number {
    return this.entries.length
  }

  get isFull(): boolean {
    return this.entries.length >= this.options.capacity
  }

  add(sample: Sample | null, acknowledge: () => void): void {
    if (this.stopped.signal.aborted) return
    const key = sample && keyOf(sample)
    const same = key && this.bySample.get(key)
    if (same) {
      same.acknowledge.push(acknowledge)
      return
    }
    const entry = { sample, acknowledge: [acknowledge] }
    this.entries.push(entry)
    if (key) this.bySample.set(key, entry)
    this.running ??= this.store().finally(() => (this.running = null))
  }

  /** Takes the oldest entry out, unstored, for whoever may lose readings and must not wait. */
  dropOldest(): void {
    // The first ones may be on their way to the store.
    const dropped = this.entries.splice(Math.min(this.entries.length - 1, BATCH_AHEAD), 1)
    this.forget(dropped)
  }

  /** Calls back when there is room again, at once where there is. */
  whenRoom(proceed: () => void): void {
    if (this.isFull) this.waitingForRoom.push(proceed)
    else proceed()
  }

  /** Stores and acknowledges what is here, for at most so long; takes nothing more. */
  async close(graceMilliseconds: number): Promise<void> {
    await Promise.race([this.running, sleep(graceMilliseconds, undefined, { signal: this.stopped.signal })])
    this.stopped.abort()
    for (const proceed of this.waitingForRoom.splice(0)) proceed()
  }

  /** Never rejects. */
  private async store(): Promise<void> {
    // What the same bytes from the network bring in makes one batch.
    await sleep(0)
    while (this.entries.length > 0 && !this.stopped.signal.aborted) {
      const batch = this.nextBatch()
      const samples = batch.flatMap(({ sample }) => sample ?? [])
      if (samples.length > 0 && !(await this.append(samples))) continue
      if (this.stopped.signal.aborted) return
      this.entries.splice(0, batch.length)
      this.forget(batch)
      this.stored += samples.length
      for (const { acknowledge } of batch) for (const tell of acknowledge) tell()
      while (this.waitingForRoom.length > 0 && !this.isFull) this.waitingForRoom.shift()?.()
    }
  }

  private nextBatch(): Entry[] {
    const head = this.entries.slice(0, BATCH_AHEAD)
    const samples = head.flatMap(({ sample }) => sample ?? [])
    let left = lengthOfBatch(samples)
    const end = left === samples.length ? head.length : head.findIndex(({ sample }) => sample !== null && left-- === 0)
    return head.slice(0, end)
  }

  private async append(samples: readonly Sample[]): Promise<boolean> {
    try {
      await this.options.append(samples)
    } catch (error) {
      this.lastError = error instanceof Error ? error.message : String(error)
      this.failures++
      if (this.failures === 1) this.options.log.warn({ reason: this.lastError }, 'samples could not be appended, trying again')
      const pause = Math.min(RETRY_MILLISECONDS.first * 2 ** (this.failures - 1), RETRY_MILLISECONDS.most)
      await sleep(pause, undefined, { signal: this.stopped.signal }).catch(() => {})
      return false
    }
    if (this.failures > 0) this.options.log.info({ waiting: this.size }, 'samples are appended again')
    this.failures = 0
    this.lastError = null
    return true
  }

  private forget(entries: readonly Entry[]): void {
    for (const { sample } of entries) if (sample) this.bySample.delete(keyOf(sample))
  }
}

const BATCH_AHEAD = 1_000
const keyOf = ({ buildingId, timestampSeconds }: Sample) => `${buildingId} ${timestampSeconds}`
