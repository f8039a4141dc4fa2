import { type Cache, type CacheStatistics, hitRate, MAX_CACHE_ENTRIES } from './cache'

/** Some answers carry tables of many rows: what they take together is bounded, too. About 64 MB. */
export const MOST_CHARACTERS = 32 * 2 ** 20

/** In the memory of this process, for where there is no Redis. */
export class MemoryCache implements Cache {
  readonly #entries = new Map<string, { value: string; endsAt: number }>()
  #characters = 0
  #hits = 0
  #misses = 0

  /** @param now milliseconds */
  constructor(
    readonly maxEntries = MAX_CACHE_ENTRIES,
    readonly now: () => number = Date.now,
    readonly maxCharacters = MOST_CHARACTERS,
  ) {}

  async get(key: string): Promise<string | null> {
    const entry = this.#entries.get(key)
    if (!entry) return null
    if (entry.endsAt > this.now()) return entry.value
    this.#forget(key)
    return null
  }

  async set(key: string, value: string, ttlSeconds: number): Promise<void> {
    this.#forget(key)
    this.#entries.set(key, { value, endsAt: this.now() + ttlSeconds * 1000 })
    this.#characters += value.length
    if (!this.#isFull()) return
    this.#forgetEnded()
    for (const [surplus] of [...this.#entries].toSorted(([, a], [, b]) => a.endsAt - b.endsAt)) {
      if (!this.#isFull()) return
      this.#forget(surplus)
    }
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
    this.#characters = 0
    return count
  }

  #forgetEnded(): void {
    for (const [key, { endsAt }] of this.#entries) if (endsAt <= this.now()) this.#forget(key)
  }

  #isFull(): boolean {
    return this.#entries.size > this.maxEntries || this.#characters > this.maxCharacters
  }

  #forget(key: string): void {
    this.#characters -= this.#entries.get(key)?.value.length ?? 0
    this.#entries.delete(key)
  }
}
