// Starts the whole application for the browser tests: the real launcher, on free ports, with a data folder of its own.
import { freePort } from '@/lib/infra/ports'
import { findRunningServers } from '@/lib/infra/running-servers'
import { scratchFolder } from '@/scripts/testing/scratch-folder'
import { startLauncher } from '@/scripts/testing/launcher-process'
import { provideBaseUrl, provideDatabaseUrl, provideRedisUrl } from '@/scripts/testing/test-settings.mjs'
import { MODEL, startLanguageModel } from './language-model'

const READY_MILLISECONDS = 300_000
/** Of another host's pages that may call. */
export const ALLOWED_ORIGIN = 'https://energy.example.org'

export default async function globalSetup(): Promise<() => Promise<void>> {
  const { folder: dataDir, remove } = scratchFolder()
  const languageModel = await startLanguageModel()
  const launcher = startLauncher({
    dataDir,
    port: await freePort(),
    gatewayPort: await freePort(),
    environment: {
      DEMO: 'true',
      // As many as a forecast needs.
      SEED_DAYS: '5',
      CORS_ORIGINS: ALLOWED_ORIGIN,
      // Tests listen to webhooks on this machine.
      ALERT_ALLOW_PRIVATE: 'true',
      // Beside the embedded model, which answers: one on a server, and one whose file is missing.
      LLM_FALLBACK: `openai:${MODEL},llama-cpp`,
      OPENAI_BASE_URL: `${languageModel.url}/v1`,
    },
  })
  const tearDown = async () => {
    await launcher.stop()
    await languageModel.stop()
    remove()
  }
  try {
    provideBaseUrl(await launcher.ready(READY_MILLISECONDS))
    provideDatabaseUrl((await findRunningServers([dataDir]))?.databaseUrl)
    provideRedisUrl(/Redis at (redis:\S+?),/.exec(launcher.output())?.[1])
  } catch (error) {
    await tearDown()
    throw error
  }
  return tearDown
}
