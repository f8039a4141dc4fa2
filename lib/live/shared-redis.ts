import { Cluster, Redis } from 'ioredis'
import { env } from '@/lib/env'
import { reasonOf, retryDelay } from '@/lib/live/failure'
import { parseRedisUrl } from '@/lib/live/redis-address'
import { connectionOptions, describeAddress } from '@/lib/live/redis-link'

/** What is asked here can be done without: better no answer than a late one. */
const COMMAND_MILLISECONDS = 500

// Global, because Next may load this module once per bundle; one connection per process is enough.
const shared = globalThis as typeof globalThis & { undercurrentRedis?: Redis | Cluster }

/**
 * The process's plain connection to the Redis that carries the live data, for what may be lost: counts, caches. Opened on first
 * use and again after every loss; a command fails at once while it is away, and after half a second without an answer.
 * @returns null where PostgreSQL carries the live data
 */
export function openSharedRedis(onProblem: (sentence: string) => void): Redis | Cluster | null {
  const { LIVE_STORE, REDIS_URL, REDIS_HOST, REDIS_PORT } = env()
  const url = REDIS_URL ?? (REDIS_HOST ? `redis://${REDIS_HOST}:${REDIS_PORT}` : null)
  if (LIVE_STORE === 'postgres' || !url) return null
  return (shared.undercurrentRedis ??= connect(url, onProblem))
}

/** Closes it; the next use opens a new one. */
export function closeSharedRedis(): void {
  shared.undercurrentRedis?.disconnect()
  shared.undercurrentRedis = undefined
}

function connect(url: string, onProblem: (sentence: string) => void): Redis | Cluster {
  const address = parseRedisUrl(url)
  const options = { ...connectionOptions(address), commandTimeout: COMMAND_MILLISECONDS, maxRetriesPerRequest: 0 }
  const client = address.cluster
    ? new Cluster(address.nodes, { clusterRetryStrategy: retryDelay, enableOfflineQueue: false, redisOptions: options })
    : new Redis({ ...options, ...address.nodes[0], retryStrategy: retryDelay, enableOfflineQueue: false })
  let isReported = false
  client.on('error', (error: unknown) => {
    if (!isReported) onProblem(`${describeAddress(address)} does not answer (${reasonOf(error)}). Doing without it.`)
    isReported = true
  })
  client.on('ready', () => {
    if (isReported) onProblem(`${describeAddress(address)} answers again.`)
    isReported = false
  })
  return client
}
