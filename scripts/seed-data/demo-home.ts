import { randomUUID } from 'node:crypto'
import { DEMO_ACCOUNTS } from '@/lib/auth/demo-guard'
import { hashPassword } from '@/lib/auth/password'
import { addMember, createSiteIfAbsent, createUserIfAbsent, userExists } from '@/lib/data/seed-accounts'
import { env } from '@/lib/env'
import { onShutdown } from '@/lib/infra/shutdown'
import { openLiveStore } from '@/lib/live/open'
import { createThreadedEngine } from '@/lib/nilm/threaded-engine'
import { extendSimulatedHistory } from '@/lib/services/simulated-history'
import { DEMO_HOME } from '@/lib/simulation/demo-home'
import { homeOfBuilding } from '@/lib/simulation/home-of-building'

/** The demo's accounts and simulated home, its past brought up to now. No worker may be running. */
export async function seedDemo(): Promise<void> {
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
    home: homeOfBuilding(building.id),
    days: settings.SEED_DAYS,
    rawDays: Math.min(settings.SEED_DAYS, settings.SEED_RAW_DAYS),
    engine,
    store,
    windowSeconds: settings.WINDOW_SIZE,
    progress: (done, all) => console.log(`simulated history: ${done.toFixed(1)} of ${all.toFixed(1)} days`),
  })
  console.log(`simulated history: added ${(added / 86_400).toFixed(2)} days in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
}
