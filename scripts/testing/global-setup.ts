// Gives the integration tests a real PostgreSQL and a real Redis of their own, and takes both away afterwards.
import type { TestProject } from 'vitest/node'
import { migrate } from '@/lib/infra/migrate'
import { startPostgres } from '@/lib/infra/postgres-server'
import { startRedis } from '@/lib/infra/redis-server'
import { scratchFolder } from '@/scripts/testing/scratch-folder'
import { testSettings } from '@/scripts/testing/test-settings.mjs'
import { bundle } from '../bundle.mjs'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { databaseUrl, inCi } = testSettings()
  // Worker threads and processes start from bundles.
  await bundle()
  const { folder: dataDir, remove } = scratchFolder()
  const postgres = databaseUrl ? null : await startPostgres({ dataDir, database: 'undercurrent_test' })
  const redis = await startRedis({ dataDir, appendOnly: true })
  const tearDown = async () => {
    await Promise.all([postgres?.stop(), redis?.stop()])
    remove()
  }
  try {
    if (!redis && inCi) throw new Error('There is no redis-server or valkey-server on the PATH, and CI runs every test.')
    if (!redis) {
      console.warn('\n!! No redis-server or valkey-server on the PATH: every test of the Redis live store is SKIPPED.\n')
    }
    const url = databaseUrl ?? postgres?.url ?? ''
    await migrate(url)
    project.provide('databaseUrl', url)
    project.provide('redisUrl', redis?.url ?? '')
  } catch (error) {
    await tearDown()
    throw error
  }
  return tearDown
}
