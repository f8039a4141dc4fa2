// npm run db:seed: creates the tables where they are missing and fills them with sample data, all of it marked as simulated.
import { countLiveLeases, WORKER_LEASE_PREFIX } from '@/lib/data/leases'
import { countUsers, userExists } from '@/lib/data/seed-accounts'
import { DEMO_ACCOUNTS } from '@/lib/auth/demo-guard'
import { applyFlags, env } from '@/lib/env'
import { closePool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { migrate } from '@/lib/infra/migrate'
import { onShutdown, shutdown } from '@/lib/infra/shutdown'
import { connectServers } from '@/lib/services/connect-servers'
import { chooseDataFolder } from './seed-data/choose-database'
import { seedDemo } from './seed-data/demo-home'
import { seedSampleDevices } from './seed-data/sample-devices'

try {
  applyFlags(process.argv.slice(2), ['DATA_DIR', 'SEED_DAYS', 'SEED_RAW_DAYS'])
  chooseDataFolder()
  await connectServers(createLogger('db-seed'))
  await migrate(env().DATABASE_URL ?? '')
  onShutdown('database', closePool)
  const isDemo = await userExists(DEMO_ACCOUNTS[0].username)
  if (!isDemo && (await countUsers()) > 0) {
    throw new Error(
      'This database has accounts of its own, and sample data brings accounts with public passwords. ' +
        'Use an empty database: set DATABASE_URL or DATA_DIR.',
    )
  }
  // A running application brings the demo home's past up to now by itself, and writes its present.
  if ((await countLiveLeases(WORKER_LEASE_PREFIX)) === 0) await seedDemo()
  else if (!isDemo) throw new Error('The application is starting on this database. Try again once it runs.')
  console.log(`Sample devices: ${await seedSampleDevices()} readings added.`)
  console.log('Log in as user1 / password123 or admin / admin123, with DEMO=true only.')
  await shutdown('done')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await shutdown('failed', 1)
}
