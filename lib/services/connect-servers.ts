import { Redis } from 'ioredis'
import { env, provideEnv } from '@/lib/env'
import type { Logger } from '@/lib/infra/logger'
import { migrate } from '@/lib/infra/migrate'
import { startPostgres } from '@/lib/infra/postgres-server'
import { findRunningServers } from '@/lib/infra/running-servers'
import { onShutdown } from '@/lib/infra/shutdown'

const DATABASE = 'undercurrent'
const DEFAULT_REDIS_PORT = 6379
const PROBE_MILLISECONDS = 1_000

/**
 * For a process started by hand: what DATABASE_URL and REDIS_URL do not say is found. The servers of a running `npm start`
 * come first, both from the same one; then a Redis on this machine, and a PostgreSQL of our own, which is stopped at the end.
 * @throws Error in one sentence when there is no database and none can be started
 */
export async function connectServers(log: Logger): Promise<void> {
  const { DATABASE_URL, REDIS_URL, REDIS_HOST, REDIS_PORT, LIVE_STORE, DATA_DIR } = env()
  // A port that was asked for names the Redis as well as a host does.
  const namesRedis = Boolean(REDIS_URL ?? REDIS_HOST) || REDIS_PORT !== DEFAULT_REDIS_PORT
  const running = DATABASE_URL ? null : await findRunningServers([DATA_DIR, `${DATA_DIR}/demo`])
  if (!DATABASE_URL) {
    if (running) provideEnv({ DATABASE_URL: running.databaseUrl })
    else {
      const server = await startPostgres({ dataDir: DATA_DIR, database: DATABASE, say: (sentence) => log.info(sentence) })
      onShutdown('PostgreSQL', server.stop)
      provideEnv({ DATABASE_URL: server.url })
      await migrate(server.url)
    }
  }
  if (LIVE_STORE === 'postgres' || REDIS_URL || REDIS_HOST) return
  if (namesRedis) provideEnv({ REDIS_URL: `redis://127.0.0.1:${REDIS_PORT}` })
  else if (running?.redisUrl) provideEnv({ REDIS_URL: running.redisUrl })
  // That launcher found no Redis and works on PostgreSQL; so must who works beside it.
  else if (running) provideEnv({ LIVE_STORE: 'postgres' })
  else if (await redisAnswers('127.0.0.1', REDIS_PORT)) provideEnv({ REDIS_URL: `redis://127.0.0.1:${REDIS_PORT}` })
  else log.info({ port: REDIS_PORT }, 'no Redis found, PostgreSQL carries the live data')
}

async function redisAnswers(host: string, port: number): Promise<boolean> {
  const client = new Redis({ host, port, lazyConnect: true, connectTimeout: PROBE_MILLISECONDS, retryStrategy: () => null })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    client.disconnect()
  }
}
