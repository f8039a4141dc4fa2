import type { BufferStatus } from '@/lib/contracts/buffer-status'
import type { WindowPoint } from '@/lib/contracts/live-events'
import type { PredictionMessage } from '@/lib/contracts/prediction'
import type { Sample } from '@/lib/contracts/sample'

/** A durable sample as a consumer received it; `id` is what acknowledge() takes. */
export interface StreamEntry {
  id: string
  shard: number
  sample: Sample
  /** Set when it had been delivered before: by `claim`, or found stray by `read`. It may be older than entries read already. */
  redelivered?: boolean
}

export interface ShardBacklog {
  shard: number
  /** Entries stored and not yet acknowledged, delivered or not. */
  unacknowledged: number
}

export interface ReadOptions {
  /** Most entries to return, shared out evenly between the shards; at least one per shard, so give no less than that. */
  count: number
  /** How long to wait for the first entry; 0 returns at once. Without shards, the time is waited for nothing. */
  blockMilliseconds: number
  /**
   * Asked just before the server is asked for entries; after a false the read returns nothing. For a caller that may be suspended
   * while it waits, and must not take what is its successor's by then.
   */
  mayTake?: () => boolean
}

export interface Subscription {
  close(): Promise<void>
}

/**
 * What the data path needs of Redis, or of PostgreSQL where there is no Redis. Both adapters pass one contract test.
 *
 * A shard has one consumer at a time; who that is, is decided by leases outside this port. Delivery is at least once:
 * entries read and not acknowledged come back from `claim`, in order of append.
 *
 * While the server behind it is away every call rejects within seconds with a sentence saying so, except `read`, which may
 * first wait for as long as it was told to. Connections come back by themselves. A call that was rejected may have taken
 * effect: an append may be repeated, because samples are recognised by building and time downstream.
 */
export interface LiveStore {
  readonly kind: 'redis' | 'postgres'
  readonly shardCount: number

  /**
   * Stores the samples durably, in the order given per building; resolves when a crash of a process can no longer lose them
   * (Redis needs `appendonly yes` and `appendfsync always` for that; with `everysec` its own crash may cost the last seconds).
   * A large batch is stored in parts: after a rejection some of it may be there.
   * @throws RangeError when a quantity is not finite
   */
  append(samples: readonly Sample[]): Promise<void>
  /** Takes over every delivered but unacknowledged entry of a shard, whoever it was delivered to. Oldest first. */
  claim(shard: number, consumer: string): Promise<StreamEntry[]>
  /**
   * Reads entries never delivered to the group, oldest first within a shard. Now and then it also returns strays: entries
   * delivered over five seconds ago that nobody has, because the reply was lost or its receiver had lost the shard.
   */
  read(shards: readonly number[], consumer: string, options: ReadOptions): Promise<StreamEntry[]>
  /** Marks entries as stored; they are never delivered again and their space is freed. */
  acknowledge(entries: readonly Pick<StreamEntry, 'id' | 'shard'>[]): Promise<void>
  backlog(): Promise<ShardBacklog[]>

  /**
   * Sets `nilm:{building_id}:latest`, the status hash, appends to the window, and publishes the same JSON as latest on
   * `nilm:{building_id}:predictions`.
   */
  publish(update: LiveUpdate): Promise<void>
  publishMany(updates: readonly LiveUpdate[]): Promise<void>
  latest(buildingId: string): Promise<PredictionMessage | null>
  status(buildingId: string): Promise<BufferStatus | null>
  /** The last `windowSeconds` seconds up to the latest prediction, oldest first, one point a second. */
  window(buildingId: string): Promise<WindowPoint[]>
  /** Clears the latest prediction, status and window of a building that was removed. */
  forget(buildingId: string): Promise<void>
  /**
   * Delivers predictions of one building, or of all with '*', from when it resolves. Survives a restart of the server behind
   * it, but what is published meanwhile is lost; what is not a valid prediction is left out.
   */
  subscribePredictions(buildingId: string, handler: (message: PredictionMessage) => void): Promise<Subscription>

  /** Publishes raw JSON text on `nilm:{building_id}:input`, as a meter outside would. Nobody listening = lost. */
  publishInput(buildingId: string, json: string): Promise<void>
  /** Delivers raw texts published on `nilm:{building_id}:input` of one building, or of all with '*'. */
  subscribeInput(buildingId: string, handler: (buildingId: string, json: string) => void): Promise<Subscription>

  /** Resolves when the store answers, rejects with a clear message otherwise. */
  ping(): Promise<void>
  close(): Promise<void>
}

export interface LiveUpdate {
  message: PredictionMessage
  status: BufferStatus
  /**
   * Seconds for the sliding window, oldest first, the last one that of the message; ones newer than the message are left out.
   * They replace what the window has from the first of them on: after a clock was set back, nothing newer remains.
   */
  points: readonly WindowPoint[]
}
