import { assertNoDemoCredentials } from '@/lib/auth/demo-guard'
import { env } from '@/lib/env'
import { closePool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { configureShutdown, exitWhenParentDies, onShutdown } from '@/lib/infra/shutdown'
import { connectServers } from '@/lib/services/connect-servers'
import { closeSharedLiveStore, sharedLiveStore } from '@/lib/services/shared-live-store'
import { startGateway } from './gateway-server'

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

async function main(): Promise<void> {
  const log = createLogger('gateway')
  configureShutdown({ log })
  exitWhenParentDies()
  await connectServers(log)
  onShutdown('database', closePool)
  await assertNoDemoCredentials()
  const store = sharedLiveStore()
  onShutdown('live store', closeSharedLiveStore)
  const { HOST: host, GATEWAY_PORT: port, NEXTAUTH_URL: publicUrl } = env()
  const gateway = await startGateway({ store, log, host, port, publicUrl })
  onShutdown('sockets', () => gateway.close())
  log.info({ host, port: gateway.port, liveStore: store.kind }, 'sockets at /ws/site/{site_id}')
}
