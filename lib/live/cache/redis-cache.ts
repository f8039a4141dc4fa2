import type { Cluster, Redis } from 'ioredis'
import { type Cache, type CacheStatistics, hitRate, MAX_CACHE_ENTRIES } from './cache'

/**
 * In Redis, for all processes together. One hash slot holds it (braces in the name), so that it also works on a cluster. A sorted
 * set by end of life says which entries there are: it is what bounds, counts and flushes them.
 */
export class RedisCache implements Cache {
  readonly #prefix: string

  /** @param name of the cache, such as answers */
  constructor(
    readonly client: Redis | Cluster,
    name: string,
    readonly maxEntries = MAX_CACHE_ENTRIES,
  ) {
    this.#prefix = `cache:{${name}}`
  }

  get(key: string): Promise<string | null> {
    return attempt(() => this.client.get(this.#entry(key)), null)
  }

  set(key: string, value: string, ttlSeconds: number): Promise<void> {
    return attempt(async () => {
      const entry = this.#entry(key)
      const now = Date.now()
      await this.client
        .multi()
        .set(entry, value, 'PX', Math.max(1, Math.round(ttlSeconds * 1000)))
        .zadd(this.#index, now + ttlSeconds * 1000, entry)
        .zremrangebyscore(this.#index, '-inf', now)
        .exec()
      const surplus = await this.client.zrange(this.#index, '0', String(-this.maxEntries - 1))
      if (surplus.length > 0) await this.client.multi().unlink(...surplus).zrem(this.#index, ...surplus).exec()
    }, undefined)
  }

  count(outcome: 'hit' | 'miss'): Promise<void> {
    return attempt(async () => void (await this.client.hincrby(this.#counts, outcome, 1)), undefined)
  }

  statistics(): Promise<CacheStatistics> {
    const unknown: CacheStatistics = { kind: 'off', entries: 0, hits: 0, misses: 0, hitRate: 0 }
    return attempt(async () => {
      const [entries, counts] = await Promise.all([
        this.client.zcount(this.#index, Date.now(), '+inf'),
        this.client.hgetall(this.#counts),
      ])
      const [hits, misses] = [Number(counts.hit ?? 0), Number(counts.miss ?? 0)]
      return { kind: 'redis', entries, hits, misses, hitRate: hitRate(hits, misses) }
    }, unknown)
  }

  flush(): Promise<number> {
    return attempt(async () => {
      const entries = await this.client.zrangebyscore(this.#index, Date.now(), '+inf')
      await this.client.unlink(this.#index, ...entries)
      return entries.length
    }, 0)
  }

  #entry(key: string): string {
    return `${this.#prefix}:entry:${key}`
  }

  get #index(): string {
    return `${this.#prefix}:index`
  }

  get #counts(): string {
    return `${this.#prefix}:counts`
  }
}

async function attempt<Result>(work: () => Promise<Result>, otherwise: Result): Promise<Result> {
  try {
    return await work()
  } catch {
    // The connection says by itself that Redis is away.
    return otherwise
  }
}
