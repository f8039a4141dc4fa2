import { Redis } from 'ioredis'
import { afterEach, describe, expect, it } from 'vitest'
import { processIsAlive, waitUntil } from '@/lib/infra/private-server'
import { findProgram, startRedis, type RedisServer } from '@/lib/infra/redis-server'
import { scratchFolder } from '@/scripts/testing/scratch-folder'

const cleanups: (() => unknown)[] = []

afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

function newFolder(): string {
  const { folder, remove } = scratchFolder()
  cleanups.push(remove)
  return folder
}

async function start(dataDir: string): Promise<RedisServer> {
  const server = await startRedis({ dataDir, appendOnly: true })
  if (!server) throw new Error('redis-server disappeared')
  cleanups.push(server.stop)
  return server
}

async function using<Result>(url: string, work: (redis: Redis) => Promise<Result>): Promise<Result> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1, retryStrategy: () => null })
  redis.on('error', () => {})
  try {
    return await work(redis)
  } finally {
    redis.disconnect()
  }
}

const pidOf = (url: string) => using(url, async (redis) => Number(/process_id:(\d+)/.exec(await redis.info('server'))?.[1]))

describe.runIf(findProgram())('the private Redis', () => {
  it('keeps what was written over a restart, on the same port', async () => {
    const dataDir = newFolder()
    const first = await start(dataDir)
    await using(first.url, (redis) => redis.set('kept', 'yes'))
    await first.stop()
    const second = await start(dataDir)
    expect(second.url).toBe(first.url)
    expect(await using(second.url, (redis) => redis.get('kept'))).toBe('yes')
  })

  it('takes over the server a killed process left running, and stops it at the end', async () => {
    const dataDir = newFolder()
    const orphan = await start(dataDir)
    const pid = await pidOf(orphan.url)
    const successor = await start(dataDir)
    expect(successor).toMatchObject({ url: orphan.url, reused: true })
    await successor.stop()
    expect(processIsAlive(pid)).toBe(false)
  })

  it('comes back by itself after SIGKILL, with every answered write', async () => {
    const server = await start(newFolder())
    await using(server.url, (redis) => redis.set('kept', 'yes'))
    process.kill(await pidOf(server.url), 'SIGKILL')
    const isBack = () => using(server.url, (redis) => redis.get('kept')).then((value) => value === 'yes', () => false)
    expect(await waitUntil(isBack, 30_000, 200)).toBe(true)
  })

  it('has every write on disk before it answers', async () => {
    const server = await start(newFolder())
    const [, appendOnly] = (await using(server.url, (redis) => redis.config('GET', 'appendonly'))) as [string, string]
    const [, flush] = (await using(server.url, (redis) => redis.config('GET', 'appendfsync'))) as [string, string]
    expect([appendOnly, flush]).toEqual(['yes', 'always'])
  })

  it('two data folders have two servers that do not see each other', async () => {
    const [one, other] = [await start(newFolder()), await start(newFolder())]
    await using(one.url, (redis) => redis.set('key', 'one'))
    expect(await using(other.url, (redis) => redis.get('key'))).toBeNull()
  })

  it('listens on loopback only', async () => {
    const server = await start(newFolder())
    const [, bind] = (await using(server.url, (redis) => redis.config('GET', 'bind'))) as [string, string]
    expect(bind).toBe('127.0.0.1')
  })
})
