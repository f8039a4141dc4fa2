import { describe, expect, it } from 'vitest'
import type { Cache } from '../cache'

/** What every cache guarantees. @param open a new, empty one that keeps at most so many entries */
export function describeCache(name: string, open: (maxEntries?: number) => Cache): void {
  describe(name, () => {
    it('gives back what was put in, and nothing else', async () => {
      const cache = open()
      await cache.set('a', 'one', 60)
      await cache.set('a', 'two', 60)
      expect(await cache.get('a')).toBe('two')
      expect(await cache.get('b')).toBeNull()
      expect((await cache.statistics()).entries).toBe(1)
    })

    it('forgets an entry when its time is over, and does not count it any more', async () => {
      const cache = open()
      await cache.set('short', 'x', 0.05)
      await cache.set('long', 'y', 60)
      await expect.poll(() => cache.get('short'), { timeout: 5_000 }).toBeNull()
      expect((await cache.statistics()).entries).toBe(1)
      expect(await cache.get('long')).toBe('y')
    })

    it('counts what was found and what was not', async () => {
      const cache = open()
      expect(await cache.statistics()).toMatchObject({ hits: 0, misses: 0, hitRate: 0 })
      for (const outcome of ['hit', 'miss', 'hit', 'hit'] as const) await cache.count(outcome)
      expect(await cache.statistics()).toMatchObject({ hits: 3, misses: 1, hitRate: 0.75 })
    })

    it('is empty after a flush, which says how many entries there were and keeps the counts', async () => {
      const cache = open()
      await cache.set('a', '1', 60)
      await cache.set('b', '2', 60)
      await cache.count('hit')
      expect(await cache.flush()).toBe(2)
      expect(await cache.get('a')).toBeNull()
      expect(await cache.statistics()).toMatchObject({ entries: 0, hits: 1 })
      expect(await cache.flush()).toBe(0)
    })

    it('makes room by forgetting what would end first', async () => {
      const cache = open(2)
      await cache.set('soon', '1', 10)
      await cache.set('later', '2', 100)
      await cache.set('last', '3', 1000)
      expect(await Promise.all(['soon', 'later', 'last'].map((key) => cache.get(key)))).toEqual([null, '2', '3'])
    })
  })
}
