// Starts the whole application for the browser tests: the real launcher, on free ports, with a data folder of its own.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '@/lib/infra/ports'
import { startLauncher } from '@/scripts/testing/launcher-process'
import { provideBaseUrl } from '@/scripts/testing/test-settings.mjs'

const READY_MILLISECONDS = 300_000

export default async function globalSetup(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'undercurrent-e2e-'))
  // As root PostgreSQL runs under an account of its own, which has to pass through here.
  chmodSync(dataDir, 0o711)
  const launcher = startLauncher({
    dataDir,
    port: await freePort(),
    gatewayPort: await freePort(),
    environment: { DEMO: 'true', SEED_DAYS: '2' },
  })
  const tearDown = async () => {
    await launcher.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    provideBaseUrl(await launcher.ready(READY_MILLISECONDS))
  } catch (error) {
    await tearDown()
    throw error
  }
  return tearDown
}
