import { Redis } from 'ioredis'
import { env, provideEnv } from '@/lib/env'
import type { Logger } from '@/lib/infra/logger'
import { migrate } from '@/lib/infra/migrate'
import { findRunningPostgres, startPostgres } from '@/lib/infra/postgres-server'
import { findRunningRedis } from '@/lib/infra/redis-server'
import { onShutdown } from '@/lib/infra/shutdown'

const DATABASE = 'undercurrent'
const PROBE_MILLISECONDS = 1_000

/**
 * For a process started by hand: what DATABASE_URL and REDIS_URL do not say is found. The servers of a running `npm start`
 * come first, then a Redis on the default port, then a PostgreSQL of our own, which is stopped at the end.
 * @throws Error in one sentence when there is no database and none can be started, or when a Redis asked for does not answer
 */
export async function connectServers(log: Logger): Promise<void> {
  const { DATABASE_URL, REDIS_URL, REDIS_HOST, REDIS_PORT, DATA_DIR } = env()
  // The launcher has decided for all its children; one that looked for a Redis itself could find another than the rest.
  if (process.channel && DATABASE_URL) return
  if (!DATABASE_URL) {
    const running = await findRunningPostgres(DATA_DIR, DATABASE)
    if (running) provideEnv({ DATABASE_URL: running })
    else {
      const server = await startPostgres({ dataDir: DATA_DIR, database: DATABASE, say: (sentence) => log.info(sentence) })
      onShutdown('PostgreSQL', server.stop)
      provideEnv({ DATABASE_URL: server.url })
    }
    await migrate(env().DATABASE_URL ?? '')
  }
  if (REDIS_URL || REDIS_HOST) return
  const found = (await findRunningRedis(DATA_DIR)) ?? ((await redisAnswers('127.0.0.1', REDIS_PORT)) ? `redis://127.0.0.1:${REDIS_PORT}` : null)
  if (found) provideEnv({ REDIS_URL: found })
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
