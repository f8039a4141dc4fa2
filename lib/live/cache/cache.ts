export interface CacheStatistics {
  /** Where it is kept. */
  kind: 'redis' | 'memory' | 'off'
  entries: number
  /** Since the counts began; all processes together where Redis keeps them. */
  hits: number
  misses: number
  /** hits / (hits + misses); 0 where nothing was asked. */
  hitRate: number
}

/**
 * What may be lost at any time and is cheaper to keep than to compute again. Values are text. No method rejects: a store that
 * does not answer knows nothing and keeps nothing.
 */
export interface Cache {
  /** Does not count. */
  get(key: string): Promise<string | null>
  set(key: string, value: string, ttlSeconds: number): Promise<void>
  /** Counts whether what was looked for was there: it may take several reads to know. */
  count(outcome: 'hit' | 'miss'): Promise<void>
  statistics(): Promise<CacheStatistics>
  /** Forgets all entries; the counts stay. @returns how many there were */
  flush(): Promise<number>
}

/** Beyond it the entries that end first make room. */
export const MAX_CACHE_ENTRIES = 5_000

export function hitRate(hits: number, misses: number): number {
  return hits + misses > 0 ? hits / (hits + misses) : 0
}
