import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest'
import type { PredictionMessage } from '@/lib/contracts/prediction'
import type { LiveStore } from '@/lib/live/live-store'
import { createPostgresLiveStore } from '@/lib/live/postgres'
import { createRedisLiveStore } from '@/lib/live/redis'
import { waitUntil } from '@/lib/infra/private-server'
import {
  freshBuilding,
  pointOf,
  predictionOf,
  readAll,
  sampleOf,
  samplesOf,
  secondsOf,
  shardsOf,
  statusOf,
  TEST_SHARD_COUNT,
  updateOf,
} from '@/lib/live/testing/live-data'
import { createRedisCluster } from '@/lib/live/testing/redis-process'

const WINDOW_SECONDS = 60
const STRAY_MILLISECONDS = 400
const COMMON = { shardCount: TEST_SHARD_COUNT, windowSeconds: WINDOW_SECONDS, strayAfterMilliseconds: STRAY_MILLISECONDS }
const redisUrl = inject('redisUrl')

const stores = {
  redis: () => createRedisLiveStore({ url: redisUrl, ...COMMON }),
  'redis cluster': () => createRedisLiveStore({ url: clusterUrl, ...COMMON }),
  postgres: () => createPostgresLiveStore({ connectionString: inject('databaseUrl'), ...COMMON }),
}
let clusterUrl = ''

describe.each(Object.keys(stores) as (keyof typeof stores)[])('the live store on %s', (kind) => {
  const runs = kind === 'postgres' || redisUrl !== ''
  const test = it.skipIf(!runs)
  let store: LiveStore
  let removeCluster = async () => {}
  /** Another process's view of the same server. */
  const another = () => {
    const opened = stores[kind]()
    onTestFinished(() => opened.close())
    return opened
  }

  beforeAll(async () => {
    if (!runs) return
    if (kind === 'redis cluster') {
      const cluster = await createRedisCluster()
      clusterUrl = cluster.url
      removeCluster = cluster.remove
    }
    store = stores[kind]()
    await store.ping()
  })
  afterAll(async () => {
    await store?.close()
    await removeCluster()
  })

  test('delivers the samples of each building in the order they were appended', async () => {
    const [a, b] = [freshBuilding(), freshBuilding()]
    await store.append(Array.from({ length: 50 }, (_, second) => [sampleOf(a, second), sampleOf(b, second)]).flat())
    await store.append(samplesOf(a, 50, 50))
    const entries = await readAll(store, shardsOf(a, b), 'c1')
    expect(secondsOf(entries.filter(({ sample }) => sample.buildingId === a))).toEqual(Array.from({ length: 100 }, (_, s) => s))
    expect(secondsOf(entries.filter(({ sample }) => sample.buildingId === b))).toEqual(Array.from({ length: 50 }, (_, s) => s))
  })

  test('keeps a sample of an earlier time that was appended later behind the others', async () => {
    const id = freshBuilding()
    await store.append([sampleOf(id, 5), sampleOf(id, 3)])
    await store.append([sampleOf(id, 4)])
    expect(secondsOf(await readAll(store, shardsOf(id), 'c1'))).toEqual([5, 3, 4])
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
    await store.append([whole, bare])
    expect((await readAll(store, shardsOf(id), 'c1')).map(({ sample }) => sample)).toEqual([whole, bare])
  })

  test('refuses a sample that is not a number instead of storing what nobody can read', async () => {
    const id = freshBuilding()
    await expect(store.append([{ ...sampleOf(id, 0), powerWatts: Number.NaN }])).rejects.toThrow(RangeError)
    expect(await readAll(store, shardsOf(id), 'c1')).toEqual([])
  })

  test('delivers what was appended before the first consumer came', async () => {
    const id = freshBuilding()
    await another().append(samplesOf(id, 3))
    expect(secondsOf(await readAll(another(), shardsOf(id), 'c1'))).toEqual([0, 1, 2])
  })

  test('delivers an entry once to readers, and again to whoever claims after its consumer died', async () => {
    const id = freshBuilding()
    const [shard] = shardsOf(id) as [number]
    await store.append(samplesOf(id, 20))
    const dying = stores[kind]()
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
    await store.append(samplesOf(id, 2_500))
    const held = await readAll(first, [shard], 'first')
    expect(secondsOf(await second.claim(shard, 'second'))).toEqual(secondsOf(held))
    const back = await first.claim(shard, 'first')
    expect(back.map(({ id: entry }) => entry)).toEqual(held.map(({ id: entry }) => entry))
  })

  test('never delivers an acknowledged entry again, and frees its space', async () => {
    const id = freshBuilding()
    const [shard] = shardsOf(id) as [number]
    await store.append(samplesOf(id, 10))
    const entries = await readAll(store, [shard], 'c1')
    expect((await store.backlog()).find((one) => one.shard === shard)).toEqual({ shard, unacknowledged: 10 })
    await store.acknowledge(entries.slice(0, 9))
    expect(secondsOf(await another().claim(shard, 'c2'))).toEqual([9])
    await store.acknowledge(entries.slice(9))
    await store.acknowledge(entries)
    expect(await another().claim(shard, 'c3')).toEqual([])
    expect(await readAll(another(), [shard], 'c3')).toEqual([])
    const backlog = await store.backlog()
    expect(backlog).toHaveLength(TEST_SHARD_COUNT)
    expect(backlog.find((one) => one.shard === shard)).toEqual({ shard, unacknowledged: 0 })
  })

  test('does not claim what was never delivered', async () => {
    const id = freshBuilding()
    const [shard] = shardsOf(id) as [number]
    await store.append(samplesOf(id, 4))
    expect(await store.claim(shard, 'c1')).toEqual([])
    expect(await readAll(store, [shard], 'c1')).toHaveLength(4)
  })

  test('hands entries to nobody who did not ask for their shard', async () => {
    const [a, b] = [freshBuilding(), freshBuilding()]
    await store.append([sampleOf(a, 1), sampleOf(b, 2)])
    expect((await readAll(store, shardsOf(a), 'c1')).map(({ sample }) => sample.buildingId)).toEqual([a])
    expect((await readAll(store, shardsOf(b), 'c1')).map(({ sample }) => sample.buildingId)).toEqual([b])
  })

  test('keeps within the count asked for', async () => {
    const id = freshBuilding()
    await store.append(samplesOf(id, 30))
    expect(await store.read(shardsOf(id), 'c1', { count: 7, blockMilliseconds: 0 })).toHaveLength(7)
  })

  test('wakes a waiting read when a sample arrives, and serves other calls meanwhile', async () => {
    const ids = [freshBuilding(), freshBuilding(), freshBuilding()]
    const waiting = store.read(shardsOf(...ids), 'c1', { count: 100, blockMilliseconds: 60_000 })
    await sleep(100)
    await store.ping()
    expect(await store.latest(ids[0] as string)).toBeNull()
    await another().append([sampleOf(ids[1] as string, 7)])
    expect(secondsOf(await waiting)).toEqual([7])
  })

  test('lets two reads of different shards wait at the same time', async () => {
    const [a, b] = [freshBuilding(), freshBuilding()]
    const forA = store.read(shardsOf(a), 'c1', { count: 10, blockMilliseconds: 60_000 })
    const forB = store.read(shardsOf(b), 'c1', { count: 10, blockMilliseconds: 60_000 })
    await store.append([sampleOf(b, 1)])
    expect(secondsOf(await forB)).toEqual([1])
    await store.append([sampleOf(a, 2)])
    expect(secondsOf(await forA)).toEqual([2])
  })

  test('returns nothing when nothing comes', async () => {
    expect(await store.read(shardsOf(freshBuilding()), 'c1', { count: 10, blockMilliseconds: 50 })).toEqual([])
    expect(await store.read([], 'c1', { count: 10, blockMilliseconds: 20 })).toEqual([])
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
      const entries = await store.read(shardsOf(...ids), 'c1', { count: 777, blockMilliseconds: 20_000 })
      if (entries.length === 0) break
      for (const { id, shard, sample } of entries) {
        entryIds.add(`${shard} ${id}`)
        received.get(sample.buildingId)?.push(sample.timestampSeconds)
      }
      await store.acknowledge(entries)
      total += entries.length
    }
    await writing
    expect(await readAll(store, shardsOf(...ids), 'c1')).toEqual([])
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
    await store.append([sampleOf(id, 1)])
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
    await store.append(samplesOf(id, 3))
    const reader = another()
    expect(await readAll(reader, shardsOf(id), 'c1')).toHaveLength(3)
    await sleep(2 * STRAY_MILLISECONDS)
    expect(await reader.read(shardsOf(id), 'c1', { count: 10, blockMilliseconds: 0 })).toEqual([])
  })

  test('shows a late comer the latest prediction, the status and the window', async () => {
    const id = freshBuilding()
    expect(await store.latest(id)).toBeNull()
    expect(await store.status(id)).toBeNull()
    expect(await store.window(id)).toEqual([])
    await store.publish({ ...updateOf(id, 1), points: [pointOf(0), pointOf(1)] })
    await store.publish(updateOf(id, 2))
    const late = another()
    expect(await late.latest(id)).toEqual(predictionOf(id, 2))
    expect(await late.status(id)).toEqual(statusOf(id))
    expect(await late.window(id)).toEqual([pointOf(0), pointOf(1), pointOf(2)])
  })

  test('bounds the window by its seconds, also over gaps and in one large update', async () => {
    const id = freshBuilding()
    const seconds = Array.from({ length: 150 }, (_, second) => second)
    await store.publish({ ...updateOf(id, 149), points: seconds.map((second) => pointOf(second)) })
    expect(await store.window(id)).toEqual(seconds.slice(-WINDOW_SECONDS).map((second) => pointOf(second)))
    await store.publish({ ...updateOf(id, 190), points: [pointOf(190)] })
    const remaining = seconds.filter((second) => second > 190 - WINDOW_SECONDS)
    expect(await store.window(id)).toEqual([...remaining, 190].map((second) => pointOf(second)))
  })

  test('replaces a second of the window that is published again', async () => {
    const id = freshBuilding()
    await store.publish({ ...updateOf(id, 1), points: [pointOf(0, 10), pointOf(1, 11)] })
    await store.publish({ ...updateOf(id, 2), points: [pointOf(1, 12), pointOf(2, 13)] })
    expect((await store.window(id)).map((point) => point[1])).toEqual([10, 12, 13])
  })

  test('publishes many updates at once, also several of one building', async () => {
    const ids = Array.from({ length: 250 }, () => `many-${freshBuilding()}`)
    const updates = ids.flatMap((id) => [updateOf(id, 1), updateOf(id, 2)])
    await store.publishMany(updates)
    for (const id of ids.slice(-5)) {
      expect(await store.latest(id)).toEqual(predictionOf(id, 2))
      expect(await store.window(id)).toEqual([pointOf(1), pointOf(2)])
    }
    await store.publishMany([])
  })

  test('delivers every prediction of a building to its subscribers, in order, and none to those who left', async () => {
    const id = freshBuilding()
    const [stays, leaves]: [PredictionMessage[], PredictionMessage[]] = [[], []]
    await another().subscribePredictions(id, (message) => stays.push(message))
    const leaving = await store.subscribePredictions(id, (message) => leaves.push(message))
    await store.publishMany([updateOf(id, 1), updateOf(id, 2)])
    expect(await waitUntil(() => stays.length === 2 && leaves.length === 2, 10_000)).toBe(true)
    await leaving.close()
    await store.publish(updateOf(id, 3))
    expect(await waitUntil(() => stays.length === 3, 10_000)).toBe(true)
    expect(stays).toEqual([1, 2, 3].map((second) => predictionOf(id, second)))
    expect(leaves).toHaveLength(2)
  })

  test('delivers a prediction however large it is', async () => {
    const id = freshBuilding()
    const message = { ...predictionOf(id, 1), model_version: 'long '.repeat(3_000) }
    const heard: PredictionMessage[] = []
    await store.subscribePredictions(id, (one) => heard.push(one))
    await store.publish({ ...updateOf(id, 1), message })
    expect(await waitUntil(() => heard.length === 1, 10_000)).toBe(true)
    expect(heard).toEqual([message])
  })

  test('keeps buildings apart whose ids begin alike, and lets "*" hear all', async () => {
    const one = freshBuilding()
    const ten = `${one}0`
    const heard: Record<string, string[]> = { one: [], ten: [], all: [], input: [], inputAll: [] }
    const listener = another()
    await listener.subscribePredictions(one, ({ building_id }) => heard.one?.push(building_id))
    await listener.subscribePredictions(ten, ({ building_id }) => heard.ten?.push(building_id))
    await listener.subscribePredictions('*', ({ building_id }) => building_id.startsWith(one) && heard.all?.push(building_id))
    await listener.subscribeInput(one, (id, json) => heard.input?.push(`${id} ${json}`))
    await listener.subscribeInput('*', (id, json) => id.startsWith(one) && heard.inputAll?.push(`${id} ${json}`))
    await store.publishMany([updateOf(one, 1), updateOf(ten, 2)])
    await store.publishInput(ten, '{"n": NaN}')
    await store.publishInput(one, 'ä"\n')
    expect(await waitUntil(() => heard.all?.length === 2 && heard.inputAll?.length === 2, 10_000)).toBe(true)
    expect(heard).toMatchObject({ one: [one], ten: [ten], input: [`${one} ä"\n`] })
    expect(heard.all?.sort()).toEqual([one, ten])
    expect(heard.inputAll).toEqual([`${ten} {"n": NaN}`, `${one} ä"\n`])
    expect((await store.latest(one))?.building_id).toBe(one)
    expect((await store.latest(ten))?.building_id).toBe(ten)
  })

  test('does not let a pattern pass for a building id', async () => {
    for (const id of ['b*', 'b?', '[ab]', '', 'a b', 'x'.repeat(65)]) {
      await expect(store.subscribePredictions(id, () => {})).rejects.toThrow('not a building id')
      await expect(store.subscribeInput(id, () => {})).rejects.toThrow('not a building id')
    }
  })

  test('goes on delivering when a handler throws', async () => {
    const id = freshBuilding()
    const heard: number[] = []
    await store.subscribePredictions(id, () => {
      throw new Error('a fault of the handler')
    })
    await store.subscribePredictions(id, ({ timestamp }) => heard.push(timestamp))
    await store.publishMany([updateOf(id, 1), updateOf(id, 2)])
    expect(await waitUntil(() => heard.length === 2, 10_000)).toBe(true)
  })

  test('rejects every call after close with a sentence saying so, and closes twice', async () => {
    const closed = stores[kind]()
    await closed.ping()
    await closed.close()
    await closed.close()
    await expect(closed.ping()).rejects.toThrow('closed')
    await expect(closed.append([sampleOf(freshBuilding(), 0)])).rejects.toThrow('closed')
    await expect(closed.subscribePredictions('*', () => {})).rejects.toThrow('closed')
  })
})
