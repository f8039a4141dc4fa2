import { Redis } from 'ioredis'
import pg from 'pg'
import { env, provideEnv } from '@/lib/env'
import { startPostgres, type PostgresServer } from '@/lib/infra/postgres-server'
import { startRedis, type RedisServer } from '@/lib/infra/redis-server'
import { forgetServers, recordServers } from '@/lib/infra/running-servers'
import { step } from '../setup/announce.mjs'

export interface Servers {
  stop(): Promise<void>
}

/**
 * PostgreSQL and Redis: those DATABASE_URL and REDIS_URL name, else private ones below the data folder. Where there is no
 * Redis at all PostgreSQL carries the live data.
 */
export async function startServers(dataDir: string, say: (sentence: string) => void): Promise<Servers> {
  const [postgres, redis] = await Promise.allSettled([startDatabase(dataDir, say), startLiveStore(dataDir, say)])
  const stop = async () => {
    forgetServers(dataDir)
    const started = [redis, postgres].map((result) => (result.status === 'fulfilled' ? result.value : null))
    await Promise.all(started.map((server) => server?.stop()))
  }
  for (const result of [postgres, redis]) {
    if (result.status === 'fulfilled') continue
    await stop()
    throw result.reason
  }
  const { DATABASE_URL = '', REDIS_URL, REDIS_HOST, REDIS_PORT } = env()
  recordServers(dataDir, { databaseUrl: DATABASE_URL, redisUrl: REDIS_URL ?? (REDIS_HOST ? `redis://${REDIS_HOST}:${REDIS_PORT}` : null) })
  return { stop }
}

async function startDatabase(dataDir: string, say: (sentence: string) => void): Promise<PostgresServer | null> {
  const given = env().DATABASE_URL
  if (given) {
    await answersPostgres(given)
    return null
  }
  const server = await step('Starting PostgreSQL', () => startPostgres({ dataDir, database: 'undercurrent', say }))
  provideEnv({ DATABASE_URL: server.url })
  return server
}

async function startLiveStore(dataDir: string, say: (sentence: string) => void): Promise<RedisServer | null> {
  const { REDIS_URL, REDIS_HOST, REDIS_PORT } = env()
  if (REDIS_URL || REDIS_HOST) {
    await answersRedis(REDIS_URL ?? `redis://${REDIS_HOST}:${REDIS_PORT}`)
    return null
  }
  const server = await startRedis({ dataDir, appendOnly: true, preferredPort: REDIS_PORT, say })
  if (server) provideEnv({ REDIS_URL: server.url })
  else {
    // So that no child takes another program's Redis for ours.
    provideEnv({ LIVE_STORE: 'postgres' })
    say('No redis-server or valkey-server on the PATH: PostgreSQL carries the live data.')
  }
  return server
}

async function answersPostgres(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw new Error(`The PostgreSQL server in DATABASE_URL does not answer: ${(error as Error).message}`, { cause: error })
  } finally {
    await client.end().catch(() => {})
  }
}

async function answersRedis(url: string): Promise<void> {
  const client = new Redis(url, { lazyConnect: true, connectTimeout: 5_000, maxRetriesPerRequest: 0, retryStrategy: () => null })
  let problem = ''
  client.on('error', (error) => (problem = error.message))
  try {
    await client.connect()
    await client.ping()
  } catch (error) {
    throw new Error(`The Redis server in REDIS_URL does not answer: ${problem || (error as Error).message}`, { cause: error })
  } finally {
    client.disconnect()
  }
}
