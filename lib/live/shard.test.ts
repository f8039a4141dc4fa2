import { expect, it } from 'vitest'
import { fnv1a32, shardOf } from '@/lib/live/shard'

it('hashes as FNV-1a is published, so that every process and language finds the same shard', () => {
  // Vectors of draft-eastlake-fnv.
  expect(fnv1a32('')).toBe(0x811c9dc5)
  expect(fnv1a32('a')).toBe(0xe40c292c)
  expect(fnv1a32('foobar')).toBe(0xbf9cf968)
})

it('keeps a building in its shard for ever', () => {
  // Computed by another implementation.
  expect(['building_1', 'building_2', 'Gebäude', 'site:7.a-b'].map((id) => shardOf(id, 8))).toEqual([5, 4, 6, 3])
})

it('spreads buildings over all shards about evenly', () => {
  const counts = Array.from({ length: 8 }, () => 0)
  for (let number = 0; number < 8_000; number++) {
    const shard = shardOf(`building_${number}`, 8)
    counts[shard] = (counts[shard] ?? 0) + 1
  }
  for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150)
})

it('has only shard 0 when there is one', () => {
  expect(shardOf('building_1', 1)).toBe(0)
})
