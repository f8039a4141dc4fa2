import { BridgeBuffer } from '@/lib/ingest/bridge-buffer'
import { BuildingCounts, type IngestCounts } from '@/lib/ingest/building-counts'
import { parseInput } from '@/lib/ingest/parse-input'
import type { LiveStore, Subscription } from '@/lib/live/live-store'

/** Long enough for a standby to notice that the holder died (leases expire in seconds), short enough to repeat little. */
const KEEP_SECONDS = 30
/** About 11 minutes of 300 buildings, some 60 MB. */
const MAX_BUFFERED_SAMPLES = 200_000
const FLUSH_AFTER_MILLISECONDS = 50
const RETRY_MILLISECONDS = { first: 100, most: 5_000 }
const CLOSE_DEADLINE_MILLISECONDS = 5_000

export interface BridgeLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export interface PubSubBridgeOptions {
  store: Pick<LiveStore, 'subscribeInput' | 'append'>
  /** The building to listen to, or '*' for all. */
  buildingId: string
  /**
   * Whether this process is the one that appends. null when it cannot be known, because the leases cannot be reached: then
   * everything is kept, up to the bound, until it is known again.
   */
  isHolder(): boolean | null
  log: BridgeLog
  /** How far back a standby can make up for a holder that died. */
  keepSeconds?: number
  maxBufferedSamples?: number
}

export interface BridgeStatus {
  holder: boolean | null
  subscribed: boolean
  bufferedSamples: number
  appendedSamples: number
  /** Samples that did not fit into the buffer while the store was away. */
  lostSamples: number
  lastError: string | null
  buildings: ReadonlyMap<string, IngestCounts>
}

export interface PubSubBridge {
  /** Resolves at the first subscription; never rejects. */
  ready: Promise<void>
  /** Messages of one building since this process began to listen. */
  counts(buildingId: string): IngestCounts
  status(): BridgeStatus
  /** Stops listening, appends what is due if that is possible within seconds, and ends. */
  close(): Promise<void>
}

/**
 * Carries what meters publish on `nilm:{building_id}:input`, which nobody keeps, into the durable stream. Every process that
 * could do it listens and remembers the last seconds; the one that holds the lease appends. One that becomes the holder
 * first appends what it remembers: what its predecessor had appended already comes twice, and is recognised downstream by
 * building and time.
 */
export function startPubSubBridge(options: PubSubBridgeOptions): PubSubBridge {
  const bridge = new Bridge(options)
  void bridge.start()
  return {
    ready: bridge.ready,
    counts: (buildingId) => bridge.counts.of(buildingId),
    status: () => bridge.status(),
    close: () => bridge.close(),
  }
}

class Bridge {
  readonly counts = new BuildingCounts()
  readonly ready: Promise<void>
  private markReady: () => void = () => {}
  private readonly buffer: BridgeBuffer
  private subscription: Subscription | undefined
  private timer: NodeJS.Timeout | undefined
  private flushing: Promise<void> | undefined
  private wasHolder = false
  private closed = false
  private appended = 0
  private failures = 0
  private reportedLost = 0
  private lastError: string | null = null

  constructor(private readonly options: PubSubBridgeOptions) {
    this.buffer = new BridgeBuffer(options.keepSeconds ?? KEEP_SECONDS, options.maxBufferedSamples ?? MAX_BUFFERED_SAMPLES)
    this.ready = new Promise((resolve) => (this.markReady = resolve))
  }

  async start(): Promise<void> {
    const { store, buildingId, log } = this.options
    for (let attempt = 1; !this.closed && !this.subscription; attempt++) {
      try {
        this.subscription = await store.subscribeInput(buildingId, (id, json) => this.receive(id, json))
      } catch (error) {
        this.lastError = messageOf(error)
        if (attempt === 1) log.warn({ reason: this.lastError }, 'input channels cannot be listened to, trying again')
        await this.pause(attempt)
      }
    }
    if (this.closed) await this.subscription?.close()
    // Also without new samples: to notice becoming the holder, and to forget what is old.
    else this.schedule(FLUSH_AFTER_MILLISECONDS)
    this.markReady()
  }

  status(): BridgeStatus {
    return {
      holder: this.options.isHolder(),
      subscribed: this.subscription !== undefined && !this.closed,
      bufferedSamples: this.buffer.size,
      appendedSamples: this.appended,
      lostSamples: this.buffer.lost,
      lastError: this.lastError,
      buildings: this.counts.byBuilding,
    }
  }

  async close(): Promise<void> {
    if (this.closed) return
    this.closed = true
    clearTimeout(this.timer)
    await this.subscription?.close()
    let timer: NodeJS.Timeout | undefined
    const deadline = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_DEADLINE_MILLISECONDS)))
    await Promise.race([this.flush(), deadline])
    clearTimeout(timer)
    this.markReady()
  }

  private receive(buildingId: string, json: string): void {
    if (this.closed) return
    const parsed = parseInput(json, buildingId, 'pubsub')
    if (!parsed.ok) {
      if (this.counts.reject(buildingId, parsed.reason) > 1) return
      const fields = { buildingId: buildingId.slice(0, 64), reason: parsed.reason }
      this.options.log.warn(fields, 'an input message was rejected; further ones are only counted')
      return
    }
    this.counts.accept(buildingId, parsed.notes)
    this.buffer.add(parsed.sample, performance.now(), this.options.isHolder() === false)
    this.reportLoss()
  }

  private schedule(milliseconds: number): void {
    if (this.closed) return
    this.timer = setTimeout(() => {
      void this.flush().then(() => this.schedule(this.nextDelay()))
    }, milliseconds)
  }

  private nextDelay(): number {
    if (this.failures === 0) return FLUSH_AFTER_MILLISECONDS
    return Math.min(RETRY_MILLISECONDS.first * 2 ** (this.failures - 1), RETRY_MILLISECONDS.most)
  }

  private flush(): Promise<void> {
    this.flushing ??= this.flushNow().finally(() => (this.flushing = undefined))
    return this.flushing
  }

  /** Appends what is there, batch after batch, while this process is the holder. Never rejects. */
  private async flushNow(): Promise<void> {
    const { store, isHolder, log } = this.options
    for (;;) {
      const holder = isHolder()
      if (holder === false) this.buffer.forgetOld(performance.now())
      if (holder !== null && holder !== this.wasHolder) {
        this.wasHolder = holder
        const who = holder ? 'this process' : 'another process'
        log.info({ keptSamples: this.buffer.size }, `${who} now carries input into the stream`)
      }
      if (!holder) return
      const { samples, end } = this.buffer.nextBatch()
      if (samples.length === 0) return
      try {
        await store.append(samples)
      } catch (error) {
        this.failures++
        this.lastError = messageOf(error)
        if (this.failures === 1) log.warn({ reason: this.lastError }, 'samples could not be appended, trying again')
        return
      }
      if (this.failures > 0) log.info({ bufferedSamples: this.buffer.size }, 'samples are appended again')
      this.failures = 0
      this.appended += samples.length
      this.buffer.dropUntil(end)
    }
  }

  private reportLoss(): void {
    const { lost } = this.buffer
    // At 1, 2, 4, 8 ... lost samples: a long outage does not fill the log.
    if (lost === 0 || lost < this.reportedLost * 2) return
    this.reportedLost = lost
    this.options.log.warn({ lostSamples: lost }, 'the buffer is full, the oldest samples are lost')
  }

  private pause(attempt: number): Promise<void> {
    const milliseconds = Math.min(RETRY_MILLISECONDS.first * 2 ** (attempt - 1), RETRY_MILLISECONDS.most)
    return new Promise((resolve) => (this.timer = setTimeout(resolve, milliseconds)))
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
