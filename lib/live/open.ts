import { env } from '@/lib/env'
import { createLogger } from '@/lib/infra/logger'
import type { LiveStore } from '@/lib/live/live-store'
import { createPostgresLiveStore } from '@/lib/live/postgres'
import { createRedisLiveStore } from '@/lib/live/redis'

/**
 * The live store the environment names: Redis where REDIS_URL or REDIS_HOST is given, else, or with LIVE_STORE=postgres,
 * PostgreSQL at DATABASE_URL.
 * Connects in the background; `ping` tells whether it answers.
 * @throws Error saying which variables to set when none of them is
 */
export function openLiveStore(): LiveStore {
  const { LIVE_STORE, REDIS_URL, REDIS_HOST, REDIS_PORT, DATABASE_URL, SHARD_COUNT, WINDOW_SIZE } = env()
  const mayBeRedis = LIVE_STORE !== 'postgres'
  const log = createLogger('live-store')
  const common = { shardCount: SHARD_COUNT, windowSeconds: WINDOW_SIZE, onProblem: (sentence: string) => log.warn(sentence) }
  if (mayBeRedis && REDIS_URL) return createRedisLiveStore({ url: REDIS_URL, ...common })
  if (mayBeRedis && REDIS_HOST) return createRedisLiveStore({ host: REDIS_HOST, port: REDIS_PORT, ...common })
  if (DATABASE_URL) return createPostgresLiveStore({ connectionString: DATABASE_URL, ...common })
  throw new Error('There is no live store: set REDIS_URL or REDIS_HOST, or DATABASE_URL, or start with `npm start`.')
}
