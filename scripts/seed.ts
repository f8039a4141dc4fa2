import { randomUUID } from 'node:crypto'
import { firstAccountProblem } from '@/lib/auth/first-account'
import { hashPassword } from '@/lib/auth/password'
import { addMember, countUsers, createSiteIfAbsent, createUserIfAbsent } from '@/lib/data/seed-accounts'
import { env } from '@/lib/env'
import { closePool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { onShutdown, shutdown } from '@/lib/infra/shutdown'
import { connectServers } from '@/lib/services/connect-servers'
import { seedDemo } from './seed-data/demo-home'

/** Prepares what a first start needs; run again it only adds what is missing, and brings the demo's history up to now. */
try {
  await connectServers(createLogger('seed'))
  onShutdown('database', closePool)
  if (env().DEMO) await seedDemo()
  else await seedFirstAdministrator()
  await shutdown('done')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await shutdown('failed', 1)
}

async function seedFirstAdministrator(): Promise<void> {
  if ((await countUsers()) > 0) return
  const problem = firstAccountProblem()
  if (problem) throw new Error(problem)
  const { ADMIN_USERNAME, ADMIN_PASSWORD = '', BUILDING_ID } = env()
  await createUserIfAbsent({
    id: `user_${randomUUID()}`,
    username: ADMIN_USERNAME,
    passwordHash: await hashPassword(ADMIN_PASSWORD),
    role: 'admin',
  })
  const { SITE_NAME, SITE_TIME_ZONE, SITE_CURRENCY, SITE_PRICE_PER_KWH } = env()
  const siteId = `site_${randomUUID()}`
  await createSiteIfAbsent(
    { id: siteId, name: SITE_NAME, timeZone: SITE_TIME_ZONE, currency: SITE_CURRENCY, pricePerKwh: SITE_PRICE_PER_KWH },
    { id: BUILDING_ID === '*' ? 'building_1' : BUILDING_ID, name: SITE_NAME, simulated: false },
  )
  await addMember(siteId, ADMIN_USERNAME)
}
