import { expect, it } from 'vitest'
import { MemoryCache } from './memory-cache'

it('a cache in memory keeps no more text than it may, and forgets first what ends first, however few the entries', async () => {
  let now = 0
  const cache = new MemoryCache(100, () => now, 10)
  await cache.set('soon', '12345', 10)
  await cache.set('later', '12345', 100)
  await cache.set('last', '1234', 1000)
  expect(await Promise.all(['soon', 'later', 'last'].map((key) => cache.get(key)))).toEqual([null, '12345', '1234'])
  // What was replaced, has ended or was flushed takes no room.
  await cache.set('last', '1', 1000)
  await cache.set('more', '1234', 1000)
  expect((await cache.statistics()).entries).toBe(3)
  now = 200_000
  await cache.set('now', '12345', 1000)
  expect((await cache.statistics()).entries).toBe(3)
  await cache.flush()
  await cache.set('after', '1234567890', 10)
  expect(await cache.get('after')).toBe('1234567890')
  await cache.set('too large', '12345678901', 20)
  expect((await cache.statistics()).entries).toBe(0)
})
