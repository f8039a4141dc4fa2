import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest'
import type { LiveStore } from '@/lib/live/live-store'
import { createPostgresLiveStore } from '@/lib/live/postgres'
import { createRedisLiveStore } from '@/lib/live/redis'
import { testLive } from '@/lib/live/testing/live-contract'
import { freshBuilding, removeLeftSamples, sampleOf } from '@/lib/live/testing/live-data'
import { createRedisCluster } from '@/lib/live/testing/redis-process'
import { TEST_OPTIONS } from '@/lib/live/testing/store-contract'
import { testStream } from '@/lib/live/testing/stream-contract'

const redisUrl = inject('redisUrl')
let clusterUrl = ''
const stores = {
  redis: () => createRedisLiveStore({ url: redisUrl, ...TEST_OPTIONS }),
  'redis cluster': () => createRedisLiveStore({ url: clusterUrl, ...TEST_OPTIONS }),
  postgres: () => createPostgresLiveStore({ connectionString: inject('databaseUrl'), ...TEST_OPTIONS }),
}

describe.each(Object.keys(stores) as (keyof typeof stores)[])('the live store on %s', (kind) => {
  const runs = kind === 'postgres' || redisUrl !== ''
  const test = it.skipIf(!runs)
  let store: LiveStore
  let removeCluster = async () => {}
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
    if (kind === 'postgres') await removeLeftSamples(inject('databaseUrl'))
    store = stores[kind]()
    await store.ping()
  })
  afterAll(async () => {
    await store?.close()
    await removeCluster()
  })

  testStream({ test, store: () => store, another })
  testLive({ test, store: () => store, another })

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
