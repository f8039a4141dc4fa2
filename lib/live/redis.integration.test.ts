import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest'
import { waitUntil } from '@/lib/infra/private-server'
import { createRedisLiveStore } from '@/lib/live/redis'
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
import { createRedisCluster, createRedisProcess, type RedisProcess } from '@/lib/live/testing/redis-process'

const COMMON = { shardCount: TEST_SHARD_COUNT, windowSeconds: 60 }

describe.skipIf(inject('redisUrl') === '')('the live store on Redis', () => {
  let server: RedisProcess
  let raw: Redis
  beforeAll(async () => {
    server = await createRedisProcess()
    raw = new Redis(server.url)
    raw.on('error', () => {})
  })
  beforeEach(async () => {
    await server.start()
    await waitUntil(() => raw.status === 'ready', 10_000)
  })
  afterAll(async () => {
    raw.disconnect()
    await server.remove()
  })
  const open = (onProblem: (sentence: string) => void = () => {}) => {
    const store = createRedisLiveStore({ url: server.url, ...COMMON, onProblem })
    onTestFinished(() => store.close())
    return store
  }

  it('publishes exactly what the contract says: channel, latest, status hash and window list', async () => {
    const id = freshBuilding()
    const listener = raw.duplicate()
    onTestFinished(() => listener.disconnect())
    const heard: string[] = []
    listener.on('message', (channel: string, text: string) => heard.push(channel, text))
    await listener.subscribe(`nilm:${id}:predictions`)
    const points = Array.from({ length: 70 }, (_, second) => pointOf(second))
    await open().publish({ message: predictionOf(id, 69), status: statusOf(id), points })
    expect(await waitUntil(() => heard.length === 2, 10_000)).toBe(true)
    const json = JSON.stringify(predictionOf(id, 69))
    expect(heard).toEqual([`nilm:${id}:predictions`, json])
    expect(await raw.get(`nilm:${id}:latest`)).toBe(json)
    expect(await raw.hgetall(`nilm:${id}:status`)).toEqual({
      building_id: id,
      buffer_size: '768',
      window_size: '1536',
      ready: 'false',
      fill_percent: '50',
      last_sample_time: '1790000000.5',
      last_inference_time: '1790000001',
      lag_seconds: '0.5',
      model_version: '1.0.0',
      meter_interval_seconds: '1',
      duplicate_samples: '1',
      late_samples: '2',
      rejected_samples: '3',
      worker: 'worker-1',
    })
    const list = await raw.lrange(`nilm:${id}:window`, 0, -1)
    expect(list.map((text) => JSON.parse(text) as unknown)).toEqual(points.slice(-60))
  })

  it('hears what a meter outside publishes, and is heard by one', async () => {
    const id = freshBuilding()
    const heard: string[] = []
    await open().subscribeInput('*', (building, json) => heard.push(building, json))
    await raw.publish(`nilm:${id}:input`, '{"timestamp": 1706198400.0, "power_total": 3500.0}')
    expect(await waitUntil(() => heard.length === 2, 10_000)).toBe(true)
    expect(heard).toEqual([id, '{"timestamp": 1706198400.0, "power_total": 3500.0}'])
  })

  it('leaves out what others publish as predictions and is none, and goes on', async () => {
    const id = freshBuilding()
    const store = open()
    const heard: number[] = []
    await store.subscribePredictions(id, ({ timestamp }) => heard.push(timestamp))
    await raw.publish(`nilm:${id}:predictions`, 'not JSON')
    await raw.publish(`nilm:${id}:predictions`, '{"timestamp": 1}')
    await store.publish(updateOf(id, 1))
    expect(await waitUntil(() => heard.length > 0, 10_000)).toBe(true)
    expect(heard).toEqual([predictionOf(id, 1).timestamp])
    await raw.set(`nilm:${id}:latest`, 'not JSON')
    expect(await store.latest(id)).toBeNull()
  })

  it('removes stream entries that are not samples and says so', async () => {
    const id = freshBuilding()
    const [shard] = shardsOf(id) as [number]
    const problems: string[] = []
    const store = open((sentence) => problems.push(sentence))
    await raw.xadd(`nilm:stream:${shard}`, '*', 'some', 'thing')
    await store.append([sampleOf(id, 1)])
    expect(secondsOf(await readAll(store, [shard], 'c1', true))).toEqual([1])
    expect(await waitUntil(async () => (await raw.xlen(`nilm:stream:${shard}`)) === 0, 10_000)).toBe(true)
    expect(problems).toEqual([expect.stringContaining('not samples')])
  })

  it('claims the rest when entries were deleted while pending', async () => {
    const id = freshBuilding()
    const [shard] = shardsOf(id) as [number]
    const store = open()
    await store.append(samplesOf(id, 5))
    const entries = await readAll(store, [shard], 'c1')
    await raw.xdel(`nilm:stream:${shard}`, entries[1]?.id ?? '')
    expect(secondsOf(await open().claim(shard, 'c2'))).toEqual([0, 2, 3, 4])
    const [pending, , , consumers] = await raw.xpending(`nilm:stream:${shard}`, 'inference')
    expect([pending, consumers]).toEqual([4, [['c2', '4']]])
  })

  it('works on after FLUSHALL, also for a read that was waiting', async () => {
    const id = freshBuilding()
    const [shard] = shardsOf(id) as [number]
    const store = open()
    await store.append([sampleOf(id, 0)])
    await store.acknowledge(await readAll(store, [shard], 'c1'))
    const waiting = store.read([shard], 'c1', { count: 10, blockMilliseconds: 30_000 })
    await sleep(100)
    await raw.flushall()
    await sleep(100)
    await open().append([sampleOf(id, 1)])
    expect(secondsOf(await waiting)).toEqual([1])
    await raw.flushall()
    expect(await store.claim(shard, 'c1')).toEqual([])
    await store.append([sampleOf(id, 2)])
    expect(secondsOf(await readAll(store, [shard], 'c1'))).toEqual([2])
  })

  it('gives back every sample it accepted, and every subscription, after the server was killed and started again', async () => {
    const id = freshBuilding()
    const [shard] = shardsOf(id) as [number]
    const problems: string[] = []
    const store = open((sentence) => problems.push(sentence))
    const heard: string[] = []
    await store.subscribePredictions(id, ({ timestamp }) => heard.push(`one ${timestamp}`))
    await store.subscribePredictions('*', ({ timestamp }) => heard.push(`all ${timestamp}`))
    await store.append(samplesOf(id, 10))
    const before = await store.read([shard], 'c1', { count: 4, blockMilliseconds: 0 })
    await store.acknowledge(before.slice(0, 2))
    const waiting = open().read(shardsOf(freshBuilding()), 'c1', { count: 1, blockMilliseconds: 60_000 }).catch(String)
    const isBlocked = async () => (await raw.info('clients')).includes('blocked_clients:1')
    expect(await waitUntil(isBlocked, 10_000)).toBe(true)

    await server.crash()
    expect(await waiting).toContain('does not answer (connection lost)')
    await expect(store.append([sampleOf(id, 10)])).rejects.toThrow(/Redis at 127\.0\.0\.1:\d+ does not answer/)
    await expect(store.latest(id)).rejects.toThrow('does not answer')
    await expect(open().subscribePredictions(id, () => {})).rejects.toThrow('does not answer')

    await server.start()
    await store.append([sampleOf(id, 10)])
    expect(secondsOf(await store.claim(shard, 'c1'))).toEqual([2, 3])
    expect(secondsOf(await readAll(store, [shard], 'c1'))).toEqual([4, 5, 6, 7, 8, 9, 10])
    const message = predictionOf(id, 11)
    const heardAgain = async () => {
      await store.publish(updateOf(id, 11))
      return heard.includes(`one ${message.timestamp}`) && heard.includes(`all ${message.timestamp}`)
    }
    expect(await waitUntil(heardAgain, 20_000, 200)).toBe(true)
    expect(problems.some((sentence) => sentence.includes('does not answer'))).toBe(true)
    expect(problems.some((sentence) => sentence.includes('answers again'))).toBe(true)
  })

  it('connects when the server comes up after the store was opened', async () => {
    await server.crash()
    const store = open()
    const ping = store.ping()
    await server.start()
    await ping
  })

  it('gives up a connection on which the server has stopped answering', async () => {
    const store = open()
    await store.ping()
    await raw.call('CLIENT', 'PAUSE', '7000', 'ALL')
    await expect(store.ping()).rejects.toThrow('does not answer (no answer for 5000 ms)')
    expect(await waitUntil(() => store.ping().then(() => true, () => false), 20_000)).toBe(true)
  })

  it('says that a server asks for another password, without repeating the one given', async () => {
    const store = createRedisLiveStore({ url: server.url.replace('redis://', 'redis://:wrong-secret@'), ...COMMON })
    onTestFinished(() => store.close())
    await raw.config('SET', 'requirepass', 'right-secret')
    const error = await store.ping().then(() => 'no error', String)
    await raw.config('SET', 'requirepass', '')
    expect(error).toContain('WRONGPASS')
    expect(error).not.toContain('wrong-secret')
  })

  it('works again on a cluster, subscriptions too, after one of its nodes was killed and started again', async () => {
    const cluster = await createRedisCluster()
    onTestFinished(() => cluster.remove())
    const store = createRedisLiveStore({ url: cluster.url, ...COMMON })
    onTestFinished(() => store.close())
    const ids = Array.from({ length: 20 }, freshBuilding)
    const heard = new Set<string>()
    await store.subscribePredictions('*', ({ building_id }) => heard.add(building_id))
    await store.append(ids.map((id) => sampleOf(id, 0)))
    for (const server of cluster.servers) {
      await server.crash()
      const refused = store.append(ids.map((id) => sampleOf(id, 1)))
      await expect(refused).rejects.toThrow(/Redis Cluster at .* (does not answer|refused)/)
      await server.start()
      const works = () => store.append(ids.map((id) => sampleOf(id, 2))).then(() => true, () => false)
      expect(await waitUntil(works, 60_000, 200)).toBe(true)
      heard.clear()
      const updates = ids.map((id) => updateOf(id, 1))
      const heardAll = () => store.publishMany(updates).then(() => heard.size === ids.length, () => false)
      expect(await waitUntil(heardAll, 60_000, 200)).toBe(true)
    }
    const entries = await readAll(store, shardsOf(...ids), 'c1', true)
    for (const id of ids) {
      const seconds = secondsOf(entries.filter(({ sample }) => sample.buildingId === id))
      expect([...new Set(seconds)].sort()).toEqual(expect.arrayContaining([0, 2]))
    }
  })

  it('refuses an address it cannot read, without repeating it', () => {
    for (const url of ['http://:secret@host', 'host:6379', 'redis://', 'redis://:secret@h/x', '']) {
      expect(() => createRedisLiveStore({ url, ...COMMON })).toThrow(/REDIS_URL must look like(?!.*secret)/)
    }
  })
})
