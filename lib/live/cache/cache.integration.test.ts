import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { MemoryCache } from './memory-cache'
import { RedisCache } from './redis-cache'
import { describeCache } from './testing/cache-contract'

describeCache('a cache in memory', (maxEntries) => new MemoryCache(maxEntries))

const redisUrl = inject('redisUrl')

describe.skipIf(!redisUrl)('with Redis', () => {
  const client = new Redis(redisUrl, { lazyConnect: true })
  afterAll(() => client.disconnect())

  describeCache('a cache in Redis', (maxEntries) => new RedisCache(client, randomUUID(), maxEntries))

  it('is one for all processes', async () => {
    const name = randomUUID()
    await new RedisCache(client, name).set('a', 'x', 60)
    expect(await new RedisCache(client, name).get('a')).toBe('x')
  })

  it('knows nothing and keeps nothing while Redis does not answer, and nobody fails for it', async () => {
    const away = new Redis({ port: 1, lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0, enableOfflineQueue: false })
    away.on('error', () => {})
    const cache = new RedisCache(away, randomUUID())
    await cache.set('a', 'x', 60)
    await cache.count('hit')
    expect(await cache.get('a')).toBeNull()
    expect(await cache.flush()).toBe(0)
    expect(await cache.statistics()).toMatchObject({ kind: 'off', hits: 0 })
    away.disconnect()
  })
})
