import { STRAY_AFTER_MILLISECONDS } from '@/lib/live/deliveries'
import { buildingOfInputChannel, inputChannel, predictionsChannel, requireTopic } from '@/lib/live/keys'
import type { LiveStore, LiveUpdate } from '@/lib/live/live-store'
import { parseJson, toPrediction } from '@/lib/live/message-codec'
import { parseRedisUrl, type RedisAddress } from '@/lib/live/redis-address'
import { RedisLink } from '@/lib/live/redis-link'
import { RedisLive } from '@/lib/live/redis-live'
import { RedisStream } from '@/lib/live/redis-stream'
import { RedisSubscriber } from '@/lib/live/redis-subscriber'

export type RedisLiveStoreOptions = ({ url: string } | { host: string; port: number }) & {
  shardCount: number
  /** Seconds the sliding window keeps. */
  windowSeconds: number
  /** Told, one sentence each, when the server goes away and when it is back. */
  onProblem?: (sentence: string) => void
  strayAfterMilliseconds?: number
}

/**
 * The live store on a Redis or Valkey server from 6.2 on, or a Redis Cluster. Connects by itself, now and after every loss, so
 * it may be created while the server is away.
 * @throws Error when the url cannot be read
 */
export function createRedisLiveStore(options: RedisLiveStoreOptions): LiveStore {
  const { shardCount, windowSeconds, onProblem = () => {}, strayAfterMilliseconds = STRAY_AFTER_MILLISECONDS } = options
  const address = 'url' in options ? parseRedisUrl(options.url) : plainAddress(options)
  const commands = new RedisLink(address, onProblem)
  const openReader = () => new RedisLink(address, () => {})
  const stream = new RedisStream(commands, openReader, {
    shardCount, cluster: address.cluster, strayAfterMilliseconds, onProblem,
  })
  const live = new RedisLive(commands, windowSeconds)
  const subscriber = new RedisSubscriber(address, onProblem)
  const publishMany = (updates: readonly LiveUpdate[]) => live.publishMany(updates)
  return {
    kind: 'redis',
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
    subscribePredictions: async (buildingId, handler) =>
      subscriber.add(predictionsChannel(requireTopic(buildingId)), (_, text) => {
        const message = toPrediction(parseJson(text))
        if (message) handler(message)
      }),
    publishInput: async (buildingId, json) => {
      const channel = inputChannel(buildingId)
      await commands.command(channel, 'PUBLISH', channel, json)
    },
    subscribeInput: async (buildingId, handler) =>
      subscriber.add(inputChannel(requireTopic(buildingId)), (channel, text) => handler(buildingOfInputChannel(channel), text)),
    ping: async () => {
      await commands.command('', 'PING')
    },
    close: async () => {
      subscriber.close()
      stream.close()
      commands.close()
    },
  }
}

const plainAddress = ({ host, port }: { host: string; port: number }): RedisAddress => ({
  nodes: [{ host, port }], cluster: false, tls: false, database: 0,
})
