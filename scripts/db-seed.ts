// npm run db:seed: creates the tables where they are missing and fills them with sample data, all of it marked as simulated.
import { countLiveLeases, WORKER_LEASE_PREFIX } from '@/lib/data/leases'
import { countUsers, userExists } from '@/lib/data/seed-accounts'
import { DEMO_ACCOUNTS } from '@/lib/auth/demo-guard'
import { env } from '@/lib/env'
import { exitCodeOf, readFlags } from '@/lib/infra/command-line'
import { closePool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { migrate } from '@/lib/infra/migrate'
import { onShutdown, shutdown } from '@/lib/infra/shutdown'
import { connectServers } from '@/lib/services/connect-servers'
import { chooseDataFolder } from './seed-data/choose-database'
import { seedDemo } from './seed-data/demo-home'
import { seedSampleDevices } from './seed-data/sample-devices'

const HELP = `Fills an empty database with sample data, all of it marked as simulated: the demo home and six of its appliances.

  npm run db:seed

  --seed-days N              days of past, 0.1 to 400 (30)
  --seed-raw-days N          for how many of them readings of every second are kept, 0.1 to 60 (3)
  --data-dir DIR             the data folder, where DATABASE_URL is not set`

try {
  readFlags(HELP, ['DATA_DIR', 'SEED_DAYS', 'SEED_RAW_DAYS'])
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
  await shutdown('failed', exitCodeOf(error))
}
