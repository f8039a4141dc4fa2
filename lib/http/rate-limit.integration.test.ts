import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { provideEnv } from '@/lib/env'
import { closeSharedRedis, openSharedRedis } from '@/lib/live/shared-redis'
import { Problem } from './problem'
import { consumeRateLimit, forgetRateLimits } from './rate-limit'

const LIMIT = 5
let caller: { userId: string }

beforeEach(() => {
  caller = { userId: randomUUID() }
  provideEnv({ RATE_LIMIT_PER_MINUTE: String(LIMIT), RATE_LIMIT_OPEN_PER_MINUTE: String(LIMIT), REDIS_URL: '' })
})
afterEach(() => {
  forgetRateLimits()
  closeSharedRedis()
})

const refusal = async (cost?: number) => {
  const refused = await consumeRateLimit(caller, cost).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(Problem)
  return refused as Problem
}

describe('a caller', () => {
  it('is told what is left, and refused with the time to wait when nothing is', async () => {
    for (const left of [4, 3, 2, 1, 0]) {
      expect(await consumeRateLimit(caller)).toMatchObject({
        'ratelimit-limit': '5',
        'ratelimit-remaining': String(left),
        'ratelimit-policy': '5;w=60',
      })
    }
    const refused = await refusal()
    expect(refused.status).toBe(429)
    expect(refused.headers['ratelimit-remaining']).toBe('0')
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60)
  })

  it('is not held back by what another does, nor by a user of the same name as its address', async () => {
    for (let asked = 0; asked < LIMIT; asked++) await consumeRateLimit(caller)
    await refusal()
    expect((await consumeRateLimit({ userId: randomUUID() }))['ratelimit-remaining']).toBe('4')
    expect((await consumeRateLimit({ address: caller.userId }))['ratelimit-remaining']).toBe('4')
  })

  it('pays more for what costs more, and nothing for what costs nothing', async () => {
    expect(await consumeRateLimit(caller, 0)).toEqual({})
    expect((await consumeRateLimit(caller, 3))['ratelimit-remaining']).toBe('2')
    await refusal(3)
  })

  it('is never refused where the limit is 0', async () => {
    provideEnv({ RATE_LIMIT_PER_MINUTE: '0' })
    for (let asked = 0; asked < 2 * LIMIT; asked++) expect(await consumeRateLimit(caller)).toEqual({})
  })
})

describe.skipIf(!inject('redisUrl'))('with Redis', () => {
  const ready = async () => {
    const client = openSharedRedis(() => {})
    if (client?.status !== 'ready') await new Promise((resolve) => client?.once('ready', resolve))
  }

  it('all processes count together', async () => {
    provideEnv({ REDIS_URL: inject('redisUrl') })
    await ready()
    await consumeRateLimit(caller)
    await consumeRateLimit(caller)
    // Another process begins with an empty memory and its own connection.
    forgetRateLimits()
    closeSharedRedis()
    await ready()
    expect((await consumeRateLimit(caller))['ratelimit-remaining']).toBe('2')
    const redis = new Redis(inject('redisUrl'))
    expect(await redis.pttl(`rate:user:${caller.userId}`)).toBeGreaterThan(0)
    redis.disconnect()
  })

  it('that is away, each process counts for itself instead of refusing or letting everything pass', async () => {
    provideEnv({ REDIS_URL: 'redis://127.0.0.1:1' })
    for (let asked = 0; asked < LIMIT; asked++) await consumeRateLimit(caller)
    expect((await refusal()).status).toBe(429)
  })
})
