// npm run db:reset: deletes everything the application stored and makes its tables anew. Asks first; `-- --yes` answers for scripts.
import { rmSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline/promises'
import { Redis } from 'ioredis'
import { dropEverything, hasTables } from '@/lib/data/drop-everything'
import { countLiveLeases, WORKER_LEASE_PREFIX } from '@/lib/data/leases'
import { env } from '@/lib/env'
import { exitCodeOf, readFlags } from '@/lib/infra/command-line'
import { closePool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { migrate } from '@/lib/infra/migrate'
import { onShutdown, shutdown } from '@/lib/infra/shutdown'
import { connectServers } from '@/lib/services/connect-servers'
import { chooseDataFolder } from './seed-data/choose-database'

const HELP = `Deletes every account, site, reading and estimate, after asking, and creates the tables anew.

  npm run db:reset

  --yes                      does not ask
  --data-dir DIR             the data folder, where DATABASE_URL is not set`

try {
  const args = process.argv.slice(2)
  readFlags(HELP, ['DATA_DIR'], args.filter((arg) => arg !== '--yes'))
  chooseDataFolder()
  const { REDIS_URL, REDIS_HOST, REDIS_PORT } = env()
  const namedRedis = REDIS_URL ?? (REDIS_HOST ? `redis://${REDIS_HOST}:${REDIS_PORT}` : null)
  // The live store is emptied below, where it is one that was named; any other is not ours to touch.
  await connectServers(createLogger('db-reset'))
  onShutdown('database', closePool)
  const url = new URL(env().DATABASE_URL ?? '')
  const name = url.pathname.slice(1)
  if ((await hasTables()) && (await countLiveLeases(WORKER_LEASE_PREFIX)) > 0) {
    throw new Error(`The application is running on the database ${name} at ${url.host}. Stop it first.`)
  }
  if (!args.includes('--yes')) await ask(name, url.host)
  await dropEverything()
  await emptyLiveStore(namedRedis)
  const applied = await migrate(url.href)
  console.log(`The database ${name} is empty; ${applied.length} migrations were applied.`)
  await shutdown('done')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await shutdown('failed', exitCodeOf(error))
}

/** @throws Error unless a person types the database's name */
async function ask(name: string, host: string): Promise<void> {
  if (!process.stdin.isTTY) throw new Error('Nobody can be asked here. Add `-- --yes` to reset without a question.')
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(
    `This deletes every account, site, reading and estimate in the database ${name} at ${host}.\nType ${name} to go on: `,
  )
  terminal.close()
  if (answer.trim() !== name) throw new Error('Nothing was deleted.')
}

/** Readings under way and what is live belong to buildings that are no more. */
async function emptyLiveStore(redisUrl: string | null): Promise<void> {
  if (!redisUrl) return rmSync(path.join(env().DATA_DIR, 'redis'), { recursive: true, force: true })
  const client = new Redis(redisUrl, { connectTimeout: 5_000, maxRetriesPerRequest: 1 })
  client.on('error', () => {})
  try {
    for await (const keys of client.scanStream({ match: 'nilm:*', count: 500 })) {
      if ((keys as string[]).length > 0) await client.del(...(keys as string[]))
    }
  } finally {
    client.disconnect()
  }
}
