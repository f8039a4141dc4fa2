import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { LiveStore } from '@/lib/live/live-store'
import { freshBuilding, readAll, sampleOf, samplesOf, secondsOf, shardsOf, TEST_SHARD_COUNT } from '@/lib/live/testing/live-data'
import { STRAY_MILLISECONDS, type Contract } from '@/lib/live/testing/store-contract'

/** What every adapter guarantees of samples on their way to the worker. */
export function testStream({ test, store, another }: Contract): void {
  test('delivers the samples of each building in the order they were appended', async () => {
    const [a, b] = [freshBuilding(), freshBuilding()]
    await store().append(Array.from({ length: 50 }, (_, second) => [sampleOf(a, second), sampleOf(b, second)]).flat())
    await store().append(samplesOf(a, 50, 50))
    const entries = await readAll(store(), shardsOf(a, b), 'c1')
    expect(secondsOf(entries.filter(({ sample }) => sample.buildingId === a))).toEqual(Array.from({ length: 100 }, (_, s) => s))
    expect(secondsOf(entries.filter(({ sample }) => sample.buildingId === b))).toEqual(Array.from({ length: 50 }, (_, s) => s))
  })

  test('keeps a sample of an earlier time that was appended later behind the others', async () => {
    const id = freshBuilding()
    await store().append([sampleOf(id, 5), sampleOf(id, 3)])
    await store().append([sampleOf(id, 4)])
    expect(secondsOf(await readAll(store(), shardsOf(id), 'c1'))).toEqual([5, 3, 4])
  })

  test('gives back every field of a sample exactly', async () => {
    const id = freshBuilding()
    const whole = {
      buildingId: id,
      timestampSeconds: 1_706_198_400.123456,
      powerWatts: -3500.1,
      voltageVolts: 229.9,
      currentAmps: 0.1 + 0.2,
      powerFactor: -0.95,
      reactivePowerVar: 1e-7,
      frequencyHertz: 0,
      thdPercent: 12,
      source: 'mqtt' as const,
    }
    const bare = { buildingId: id, timestampSeconds: 1_706_198_401, powerWatts: 0, source: 'http' as const }
    await store().append([whole, bare])
    expect((await readAll(store(), shardsOf(id), 'c1')).map(({ sample }) => sample)).toEqual([whole, bare])
  })

  test('refuses a sample that is not a number instead of storing what nobody can read', async () => {
    const id = freshBuilding()
    await expect(store().append([{ ...sampleOf(id, 0), powerWatts: Number.NaN }])).rejects.toThrow(RangeError)
    expect(await readAll(store(), shardsOf(id), 'c1')).toEqual([])
  })

  test('delivers what was appended before the first consumer came', async () => {
    const id = freshBuilding()
    await another().append(samplesOf(id, 3))
    expect(secondsOf(await readAll(another(), shardsOf(id), 'c1'))).toEqual([0, 1, 2])
  })

  test('delivers an entry once to readers, and again to whoever claims after its consumer died', async () => {
    const id = freshBuilding()
    const [shard] = shardsOf(id) as [number]
    await store().append(samplesOf(id, 20))
    const dying = another()
    expect(await dying.read([shard], 'dead', { count: 12, blockMilliseconds: 0 })).toHaveLength(12)
    await dying.close()
    const successor = another()
    const claimed = await successor.claim(shard, 'successor')
    expect(secondsOf(claimed)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    expect(claimed.every(({ redelivered }) => redelivered)).toBe(true)
    expect(secondsOf(await readAll(successor, [shard], 'successor'))).toEqual([12, 13, 14, 15, 16, 17, 18, 19])
  })

  test('lets a claim take over what a living consumer holds, and a later claim take it back', async () => {
    const id = freshBuilding()
    const [shard] = shardsOf(id) as [number]
    const [first, second] = [another(), another()]
    await store().append(samplesOf(id, 2_500))
    const held = await readAll(first, [shard], 'first')
    expect(secondsOf(await second.claim(shard, 'second'))).toEqual(secondsOf(held))
    const back = await first.claim(shard, 'first')
    expect(back.map(({ id: entry }) => entry)).toEqual(held.map(({ id: entry }) => entry))
  })

  test('never delivers an acknowledged entry again, and frees its space', async () => {
    const id = freshBuilding()
    const [shard] = shardsOf(id) as [number]
    await store().append(samplesOf(id, 10))
    const entries = await readAll(store(), [shard], 'c1')
    expect((await store().backlog()).find((one) => one.shard === shard)).toEqual({ shard, unacknowledged: 10 })
    await store().acknowledge(entries.slice(0, 9))
    expect(secondsOf(await another().claim(shard, 'c2'))).toEqual([9])
    await store().acknowledge(entries.slice(9))
    await store().acknowledge(entries)
    expect(await another().claim(shard, 'c3')).toEqual([])
    expect(await readAll(another(), [shard], 'c3')).toEqual([])
    const backlog = await store().backlog()
    expect(backlog).toHaveLength(TEST_SHARD_COUNT)
    expect(backlog.find((one) => one.shard === shard)).toEqual({ shard, unacknowledged: 0 })
  })

  test('does not claim what was never delivered', async () => {
    const id = freshBuilding()
    const [shard] = shardsOf(id) as [number]
    await store().append(samplesOf(id, 4))
    expect(await store().claim(shard, 'c1')).toEqual([])
    expect(await readAll(store(), [shard], 'c1')).toHaveLength(4)
  })

  test('hands entries to nobody who did not ask for their shard', async () => {
    const [a, b] = [freshBuilding(), freshBuilding()]
    await store().append([sampleOf(a, 1), sampleOf(b, 2)])
    expect((await readAll(store(), shardsOf(a), 'c1')).map(({ sample }) => sample.buildingId)).toEqual([a])
    expect((await readAll(store(), shardsOf(b), 'c1')).map(({ sample }) => sample.buildingId)).toEqual([b])
  })

  test('keeps within the count asked for', async () => {
    const id = freshBuilding()
    await store().append(samplesOf(id, 30))
    expect(await store().read(shardsOf(id), 'c1', { count: 7, blockMilliseconds: 0 })).toHaveLength(7)
  })

  test('leaves everything to others once its caller must not take any more', async () => {
    const id = freshBuilding()
    await store().append([sampleOf(id, 1)])
    const now = { count: 10, blockMilliseconds: 0 }
    expect(await store().read(shardsOf(id), 'former', { ...now, mayTake: () => false })).toEqual([])
    expect(secondsOf(await store().read(shardsOf(id), 'successor', now))).toEqual([1])
  })

  test('wakes a waiting read when a sample arrives, and serves other calls meanwhile', async () => {
    const ids = [freshBuilding(), freshBuilding(), freshBuilding()]
    const waiting = store().read(shardsOf(...ids), 'c1', { count: 100, blockMilliseconds: 60_000 })
    await sleep(100)
    await store().ping()
    expect(await store().latest(ids[0] as string)).toBeNull()
    await another().append([sampleOf(ids[1] as string, 7)])
    expect(secondsOf(await waiting)).toEqual([7])
  })

  test('lets two reads of different shards wait at the same time', async () => {
    const [a, b] = [freshBuilding(), freshBuilding()]
    const forA = store().read(shardsOf(a), 'c1', { count: 10, blockMilliseconds: 60_000 })
    const forB = store().read(shardsOf(b), 'c1', { count: 10, blockMilliseconds: 60_000 })
    await store().append([sampleOf(b, 1)])
    expect(secondsOf(await forB)).toEqual([1])
    await store().append([sampleOf(a, 2)])
    expect(secondsOf(await forA)).toEqual([2])
  })

  test('returns nothing when nothing comes', async () => {
    expect(await store().read(shardsOf(freshBuilding()), 'c1', { count: 10, blockMilliseconds: 50 })).toEqual([])
    expect(await store().read([], 'c1', { count: 10, blockMilliseconds: 20 })).toEqual([])
  })

  test('delivers 10,000 samples of 4 writers at work together exactly once each, in each one\'s order', async () => {
    const ids = [freshBuilding(), freshBuilding(), freshBuilding(), freshBuilding()]
    const write = async (id: string, writer: LiveStore) => {
      for (let from = 0; from < 2_500; from += 125) await writer.append(samplesOf(id, 125, from))
    }
    const writing = Promise.all(ids.map((id) => write(id, another())))
    const received = new Map<string, number[]>(ids.map((id) => [id, []]))
    const entryIds = new Set<string>()
    for (let total = 0; total < 10_000; ) {
      const entries = await store().read(shardsOf(...ids), 'c1', { count: 777, blockMilliseconds: 20_000 })
      if (entries.length === 0) break
      for (const { id, shard, sample } of entries) {
        entryIds.add(`${shard} ${id}`)
        received.get(sample.buildingId)?.push(sample.timestampSeconds)
      }
      await store().acknowledge(entries)
      total += entries.length
    }
    await writing
    expect(await readAll(store(), shardsOf(...ids), 'c1')).toEqual([])
    expect(entryIds.size).toBe(10_000)
    for (const id of ids) expect(received.get(id)).toEqual(samplesOf(id, 2_500).map(({ timestampSeconds }) => timestampSeconds))
  })

  test('brings back an entry whose receiver had lost the shard, without another claim', async () => {
    const id = freshBuilding()
    const [shard] = shardsOf(id) as [number]
    const [former, successor] = [another(), another()]
    await successor.claim(shard, 'successor')
    // The former owner's read was still waiting when the sample came.
    const lateRead = former.read([shard], 'former', { count: 10, blockMilliseconds: 20_000 })
    await sleep(100)
    await store().append([sampleOf(id, 1)])
    expect(await lateRead).toHaveLength(1)
    const found: number[] = []
    for (let attempt = 0; attempt < 20 && found.length === 0; attempt++) {
      const entries = await successor.read([shard], 'successor', { count: 10, blockMilliseconds: 100 })
      expect(entries.every(({ redelivered }) => redelivered)).toBe(true)
      found.push(...secondsOf(entries))
    }
    expect(found).toEqual([1])
    await sleep(2 * STRAY_MILLISECONDS)
    expect(await successor.read([shard], 'successor', { count: 10, blockMilliseconds: 0 })).toEqual([])
  })

  test('does not bring back what its own caller is still working on', async () => {
    const id = freshBuilding()
    await store().append(samplesOf(id, 3))
    const reader = another()
    expect(await readAll(reader, shardsOf(id), 'c1')).toHaveLength(3)
    await sleep(2 * STRAY_MILLISECONDS)
    expect(await reader.read(shardsOf(id), 'c1', { count: 10, blockMilliseconds: 0 })).toEqual([])
  })
}
