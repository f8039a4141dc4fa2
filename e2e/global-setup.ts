// Starts the whole application for the browser tests: the real launcher, on free ports, with a data folder of its own.
import { freePort } from '@/lib/infra/ports'
import { scratchFolder } from '@/scripts/testing/scratch-folder'
import { startLauncher } from '@/scripts/testing/launcher-process'
import { provideBaseUrl, provideRedisUrl } from '@/scripts/testing/test-settings.mjs'

const READY_MILLISECONDS = 300_000
/** Of another host's pages that may call. */
export const ALLOWED_ORIGIN = 'https://energy.example.org'

export default async function globalSetup(): Promise<() => Promise<void>> {
  const { folder: dataDir, remove } = scratchFolder()
  const launcher = startLauncher({
    dataDir,
    port: await freePort(),
    gatewayPort: await freePort(),
    environment: { DEMO: 'true', SEED_DAYS: '2', CORS_ORIGINS: ALLOWED_ORIGIN },
  })
  const tearDown = async () => {
    await launcher.stop()
    remove()
  }
  try {
    provideBaseUrl(await launcher.ready(READY_MILLISECONDS))
    provideRedisUrl(/Redis at (redis:\S+?),/.exec(launcher.output())?.[1])
  } catch (error) {
    await tearDown()
    throw error
  }
  return tearDown
}
