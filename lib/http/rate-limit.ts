import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { env } from '@/lib/env'
import { createLogger } from '@/lib/infra/logger'
import { openSharedRedis } from '@/lib/live/shared-redis'
import { Problem } from './problem'

const WINDOW_SECONDS = 60

export type Caller = { userId: string } | { address: string }

// Global, because Next may load this module once per bundle, and there must be one count.
const shared = globalThis as typeof globalThis & { undercurrentRateLimiters?: Map<number, RateLimiterAbstract> }

/**
 * Counts requests of a caller in windows of a minute: in Redis where the live store is one, so that all processes count
 * together; else, and while Redis does not answer, in the memory of this process.
 * @param cost how many requests this one counts as; 0: it is not counted
 * @returns the headers that tell the caller what is left
 * @throws Problem 429 with the same headers when nothing is left
 */
export async function consumeRateLimit(caller: Caller, cost = 1): Promise<Record<string, string>> {
  const { RATE_LIMIT_PER_MINUTE, RATE_LIMIT_OPEN_PER_MINUTE } = env()
  const [key, limit] =
    'userId' in caller
      ? [`user:${caller.userId}`, RATE_LIMIT_PER_MINUTE]
      : [`address:${caller.address.slice(0, 64)}`, RATE_LIMIT_OPEN_PER_MINUTE]
  if (limit === 0 || cost === 0) return {}
  try {
    return headersOf(limit, await limiterOf(limit).consume(key, Math.min(cost, limit)))
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    const headers = headersOf(limit, refused)
    const waitSeconds = headers['ratelimit-reset']
    throw new Problem(429, `More than ${limit} requests within a minute. Wait ${waitSeconds} s, then go on more slowly.`, {
      headers: { ...headers, 'retry-after': waitSeconds },
    })
  }
}

/** Begins anew, for tests. What Redis counted stays there. */
export function forgetRateLimits(): void {
  shared.undercurrentRateLimiters = undefined
}

function headersOf(limit: number, { remainingPoints, msBeforeNext }: RateLimiterRes) {
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(Math.max(0, remainingPoints)),
    'ratelimit-reset': String(Math.max(1, Math.ceil(msBeforeNext / 1000))),
    'ratelimit-policy': `${limit};w=${WINDOW_SECONDS}`,
  }
}

function limiterOf(limit: number): RateLimiterAbstract {
  const limiters = (shared.undercurrentRateLimiters ??= new Map())
  const limiter = limiters.get(limit) ?? createLimiter(limit)
  limiters.set(limit, limiter)
  return limiter
}

function createLimiter(limit: number): RateLimiterAbstract {
  const options = { points: limit, duration: WINDOW_SECONDS, keyPrefix: 'rate' }
  const memory = new RateLimiterMemory(options)
  const redis = openSharedRedis((sentence) => createLogger('rate-limit').warn(sentence))
  if (!redis) return memory
  return new RateLimiterRedis({ ...options, storeClient: redis, rejectIfRedisNotReady: true, insuranceLimiter: memory })
}
