/** How long an answer about users, sessions and keys is remembered: what is taken away is refused after this at the latest. */
export const AUTH_CACHE_SECONDS = 5
const MAX_ENTRIES = 10_000

interface Entry<Value> {
  value: Promise<Value>
  staleAtMilliseconds: number
}

export interface ShortCache<Value> {
  get(key: string): Promise<Value>
  /** Asks again at the next `get`, in this process; other processes do so within AUTH_CACHE_SECONDS. */
  forget(key: string): void
}

// Global, because Next may load this module once per bundle, and forgetting in one must hold in all.
const shared = globalThis as typeof globalThis & { undercurrentAuthCaches?: Map<string, Map<string, Entry<unknown>>> }

/** Remembers what `load` answers, under a name of its own in this process, for AUTH_CACHE_SECONDS. */
export function shortCache<Value>(name: string, load: (key: string) => Promise<Value>): ShortCache<Value> {
  const caches = (shared.undercurrentAuthCaches ??= new Map<string, Map<string, Entry<unknown>>>())
  const entries = (caches.get(name) ?? new Map<string, Entry<unknown>>()) as Map<string, Entry<Value>>
  caches.set(name, entries as Map<string, Entry<unknown>>)
  return {
    get(key) {
      const now = Date.now()
      const known = entries.get(key)
      if (known && known.staleAtMilliseconds > now) return known.value
      entries.delete(key)
      const oldest = entries.size >= MAX_ENTRIES ? entries.keys().next().value : undefined
      if (oldest !== undefined) entries.delete(oldest)
      const entry = { value: load(key), staleAtMilliseconds: now + AUTH_CACHE_SECONDS * 1000 }
      entries.set(key, entry)
      // A database that was away for a moment must not be remembered as an answer.
      entry.value.catch(() => {
        if (entries.get(key) === entry) entries.delete(key)
      })
      return entry.value
    },
    forget: (key) => void entries.delete(key),
  }
}
