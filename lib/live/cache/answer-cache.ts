import { createLogger } from '@/lib/infra/logger'
import { openSharedRedis } from '@/lib/live/shared-redis'
import type { Cache } from './cache'
import { MemoryCache } from './memory-cache'
import { RedisCache } from './redis-cache'

// Global, because Next may load this module once per bundle, and there must be one cache.
const shared = globalThis as typeof globalThis & { undercurrentAnswerMemory?: MemoryCache }

/** The cache of the assistant's answers: in Redis where the live store is one, else in this process. */
export function answerCache(): Cache {
  const redis = openSharedRedis((sentence) => createLogger('cache').warn(sentence))
  return redis ? new RedisCache(redis, 'answers') : (shared.undercurrentAnswerMemory ??= new MemoryCache())
}
