import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { env } from '@/lib/env'
import { createLogger } from '@/lib/infra/logger'
import { openSharedRedis } from '@/lib/live/shared-redis'
import { countRunning, isAnswering, registerGeneration, type Generation } from './generation'
import { ChatRefusal } from './refusal'

const DAY_SECONDS = 86_400
const MAX_RUNNING = 4

const shared = globalThis as typeof globalThis & { undercurrentChatQuota?: { limit: number; limiter: RateLimiterAbstract } }

/**
 * Makes an answer one of those that are on their way for its user, if not too many are. Checked and taken at once: of questions
 * that come together none slips by. In a conversation one is answered at a time: an answer belongs to the question before it.
 * @throws ChatRefusal 429, 409
 */
export function takeTurn(generation: Generation): void {
  if (countRunning(generation.userId) >= MAX_RUNNING) {
    throw new ChatRefusal(429, `${MAX_RUNNING} of your questions are being answered. Wait for one of them.`, {
      retryAfterSeconds: 2,
    })
  }
  if (generation.sessionId !== null && isAnswering(generation.sessionId)) {
    throw new ChatRefusal(409, 'Your last question in this conversation is being answered. Wait for the answer, or stop it first.')
  }
  registerGeneration(generation)
}

/**
 * Counts a question of a user within a day; in Redis where there is one.
 * @throws ChatRefusal 429
 */
export async function consumeQuota(userId: string): Promise<void> {
  const limit = env().CHAT_QUESTIONS_PER_DAY
  if (limit === 0) return
  try {
    await limiterOf(limit).consume(userId)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    const retryAfterSeconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
    const hours = Math.ceil(retryAfterSeconds / 3600)
    const asked = limit === 1 ? 'one question' : `${limit} questions`
    throw new ChatRefusal(429, `You have asked ${asked} within a day. Ask again in ${hours} h, or ask an administrator for more.`, {
      retryAfterSeconds,
    })
  }
}

/** Takes a question back that nobody answered. */
export async function returnQuota(userId: string): Promise<void> {
  const limit = env().CHAT_QUESTIONS_PER_DAY
  if (limit > 0) await limiterOf(limit).reward(userId)
}

function limiterOf(limit: number): RateLimiterAbstract {
  if (shared.undercurrentChatQuota?.limit !== limit) shared.undercurrentChatQuota = { limit, limiter: createLimiter(limit) }
  return shared.undercurrentChatQuota.limiter
}

function createLimiter(limit: number): RateLimiterAbstract {
  const options = { points: limit, duration: DAY_SECONDS, keyPrefix: 'chat-quota' }
  const memory = new RateLimiterMemory(options)
  const redis = openSharedRedis((sentence) => createLogger('assistant').warn(sentence))
  if (!redis) return memory
  return new RateLimiterRedis({ ...options, storeClient: redis, rejectIfRedisNotReady: true, insuranceLimiter: memory })
}
