// Servers that a test may kill: started for it alone, unlike the shared ones of the global set-up.
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { migrate } from '@/lib/infra/migrate'
import { startPostgres } from '@/lib/infra/postgres-server'
import { startRedis } from '@/lib/infra/redis-server'

export interface OwnServers {
  databaseUrl: string
  /** '' where the machine has no Redis. */
  redisUrl: string
  /** kill -9; what watches the server brings it back. */
  killPostgres(): void
  killRedis(): Promise<void>
  stop(): Promise<void>
}

export async function startOwnServers(database: string): Promise<OwnServers> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'undercurrent-own-'))
  chmodSync(dataDir, 0o711)
  const postgres = await startPostgres({ dataDir, database })
  await migrate(postgres.url)
  const redis = await startRedis({ dataDir, appendOnly: true })
  return {
    databaseUrl: postgres.url,
    redisUrl: redis?.url ?? '',
    killPostgres() {
      const { folder } = JSON.parse(readFileSync(path.join(dataDir, 'pg.json'), 'utf8')) as { folder: string }
      const [pid] = readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n')
      process.kill(Number(pid), 'SIGKILL')
    },
    async killRedis() {
      const { Redis } = await import('ioredis')
      const client = new Redis(redis?.url ?? '')
      const pid = /process_id:(\d+)/.exec(await client.info('server'))?.[1]
      client.disconnect()
      process.kill(Number(pid), 'SIGKILL')
    },
    async stop() {
      await Promise.all([postgres.stop(), redis?.stop()])
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
