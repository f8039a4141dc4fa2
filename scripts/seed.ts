import { randomUUID } from 'node:crypto'
import { DEMO_ACCOUNTS } from '@/lib/auth/demo-guard'
import { hashPassword } from '@/lib/auth/password'
import { addMember, countUsers, createSiteIfAbsent, createUserIfAbsent, userExists } from '@/lib/data/seed-accounts'
import { env } from '@/lib/env'
import { closePool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { onShutdown, shutdown } from '@/lib/infra/shutdown'
import { openLiveStore } from '@/lib/live/open'
import { createThreadedEngine } from '@/lib/nilm/threaded-engine'
import { connectServers } from '@/lib/services/connect-servers'
import { extendSimulatedHistory } from '@/lib/services/simulated-history'
import { DEMO_HOME } from '@/lib/simulation/demo-home'

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

async function seedDemo(): Promise<void> {
  for (const { username, password, role } of DEMO_ACCOUNTS) {
    if (await userExists(username)) continue
    await createUserIfAbsent({ id: `user_${randomUUID()}`, username, passwordHash: await hashPassword(password), role })
  }
  const { site, building } = DEMO_HOME
  await createSiteIfAbsent(site, { ...building, simulated: true })
  for (const { username } of DEMO_ACCOUNTS) await addMember(site.id, username)

  const settings = env()
  const store = await openLiveStore()
  onShutdown('live store', () => store.close())
  const engine = await createThreadedEngine({
    modelDir: settings.MODEL_DIR,
    windowSeconds: settings.WINDOW_SIZE,
    device: settings.DEVICE,
    threads: 1,
  })
  onShutdown('inference thread', () => engine.close())
  const startedAt = Date.now()
  const added = await extendSimulatedHistory({
    buildingId: building.id,
    seed: DEMO_HOME.seed,
    timeZone: site.timeZone,
    days: settings.SEED_DAYS,
    rawDays: Math.min(settings.SEED_DAYS, settings.SEED_RAW_DAYS),
    engine,
    store,
    windowSeconds: settings.WINDOW_SIZE,
    progress: (done, all) => console.log(`simulated history: ${done.toFixed(1)} of ${all.toFixed(1)} days`),
  })
  console.log(`simulated history: added ${(added / 86_400).toFixed(2)} days in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
}

async function seedFirstAdministrator(): Promise<void> {
  if ((await countUsers()) > 0) return
  const { ADMIN_USERNAME, ADMIN_PASSWORD, BUILDING_ID } = env()
  if (!ADMIN_PASSWORD) {
    throw new Error('There is no account yet. Set ADMIN_PASSWORD (and ADMIN_USERNAME, by default admin) for the first start.')
  }
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
