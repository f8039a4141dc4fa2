import { STRAY_AFTER_MILLISECONDS } from '@/lib/live/deliveries'
import { requireTopic } from '@/lib/live/keys'
import type { LiveStore, LiveUpdate } from '@/lib/live/live-store'
import { PostgresLink } from '@/lib/live/postgres-link'
import { PostgresListener } from '@/lib/live/postgres-listener'
import { PostgresLive } from '@/lib/live/postgres-live'
import { PostgresStream } from '@/lib/live/postgres-stream'

export interface PostgresLiveStoreOptions {
  connectionString: string
  shardCount: number
  /** Seconds the sliding window keeps. */
  windowSeconds: number
  /** Told, one sentence each, when a connection is lost and when it is back. */
  onProblem?: (sentence: string) => void
  strayAfterMilliseconds?: number
}

/**
 * The live store where there is no Redis: tables for what must last, NOTIFY for what is passing. Connects by itself, now and
 * after every loss. The latest prediction, status and window do not survive a crash of the server; samples do.
 */
export function createPostgresLiveStore(options: PostgresLiveStoreOptions): LiveStore {
  const { shardCount, windowSeconds, onProblem = () => {}, strayAfterMilliseconds = STRAY_AFTER_MILLISECONDS } = options
  const database = new PostgresLink(options.connectionString, onProblem)
  const listener = new PostgresListener(options.connectionString, onProblem)
  const stream = new PostgresStream(database, listener, { shardCount, strayAfterMilliseconds, onProblem })
  const live = new PostgresLive(database, listener, windowSeconds)
  const publishMany = (updates: readonly LiveUpdate[]) => live.publishMany(updates)
  return {
    kind: 'postgres',
    shardCount,
    append: (samples) => stream.append(samples),
    claim: (shard, consumer) => stream.claim(shard, consumer),
    read: (shards, consumer, readOptions) => stream.read(shards, consumer, readOptions),
    acknowledge: (entries) => stream.acknowledge(entries),
    backlog: () => stream.backlog(),
    publish: (update) => publishMany([update]),
    publishMany,
    latest: (buildingId) => live.latest(buildingId),
    status: (buildingId) => live.status(buildingId),
    window: (buildingId) => live.window(buildingId),
    forget: (buildingId) => live.forget(buildingId),
    subscribePredictions: async (buildingId, handler) => live.subscribePredictions(requireTopic(buildingId), handler),
    publishInput: (buildingId, json) => live.publishInput(buildingId, json),
    subscribeInput: async (buildingId, handler) => live.subscribeInput(requireTopic(buildingId), handler),
    ping: async () => {
      await database.query('SELECT 1', [])
    },
    close: async () => {
      stream.close()
      listener.close()
      await database.close()
    },
  }
}
