import { type Cache, type CacheStatistics, hitRate, MAX_CACHE_ENTRIES } from './cache'

/** In the memory of this process, for where there is no Redis. */
export class MemoryCache implements Cache {
  readonly #entries = new Map<string, { value: string; endsAt: number }>()
  #hits = 0
  #misses = 0

  /** @param now milliseconds */
  constructor(
    readonly maxEntries = MAX_CACHE_ENTRIES,
    readonly now: () => number = Date.now,
  ) {}

  async get(key: string): Promise<string | null> {
    const entry = this.#entries.get(key)
    if (!entry) return null
    if (entry.endsAt > this.now()) return entry.value
    this.#entries.delete(key)
    return null
  }

  async set(key: string, value: string, ttlSeconds: number): Promise<void> {
    this.#entries.delete(key)
    this.#entries.set(key, { value, endsAt: this.now() + ttlSeconds * 1000 })
    if (this.#entries.size <= this.maxEntries) return
    this.#forgetEnded()
    const surplus = [...this.#entries].toSorted(([, a], [, b]) => a.endsAt - b.endsAt).slice(0, -this.maxEntries)
    if (this.#entries.size > this.maxEntries) for (const [surplusKey] of surplus) this.#entries.delete(surplusKey)
  }

  async count(outcome: 'hit' | 'miss'): Promise<void> {
    if (outcome === 'hit') this.#hits++
    else this.#misses++
  }

  async statistics(): Promise<CacheStatistics> {
    this.#forgetEnded()
    const [hits, misses] = [this.#hits, this.#misses]
    return { kind: 'memory', entries: this.#entries.size, hits, misses, hitRate: hitRate(hits, misses) }
  }

  async flush(): Promise<number> {
    this.#forgetEnded()
    const count = this.#entries.size
    this.#entries.clear()
    return count
  }

  #forgetEnded(): void {
    for (const [key, { endsAt }] of this.#entries) if (endsAt <= this.now()) this.#entries.delete(key)
  }
}
