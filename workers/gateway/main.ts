import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { assertNoDemoCredentials } from '@/lib/auth/demo-guard'
import { env } from '@/lib/env'
import { exitCodeOf, readFlags } from '@/lib/infra/command-line'
import { closePool } from '@/lib/infra/db'
import { createLogger, type Logger } from '@/lib/infra/logger'
import { configureShutdown, exitWhenParentDies, onShutdown } from '@/lib/infra/shutdown'
import { startPubSubBridge } from '@/lib/ingest/pubsub-bridge'
import type { LiveStore } from '@/lib/live/live-store'
import { connectServers } from '@/lib/services/connect-servers'
import { reportProcess } from '@/lib/services/process-report'
import { closeSharedLiveStore, sharedLiveStore } from '@/lib/services/shared-live-store'
import { keepLease } from '@/lib/services/single-lease'
import { startGateway } from './gateway-server'

const HELP = `Serves the WebSockets of the live page, and listens to meters while the inference worker is away.

  npm run gateway

It has no options but --help; GATEWAY_HOST, GATEWAY_PORT and the other settings are in .env.example.`

try {
  readFlags(HELP, [])
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(exitCodeOf(error))
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
  const { GATEWAY_HOST: host, GATEWAY_PORT: port, NEXTAUTH_URL: publicUrl } = env()
  const gateway = await startGateway({ store, log, host, port, publicUrl })
  onShutdown('sockets', () => gateway.close())
  await standBy(store, log)
  const reporter = reportProcess('gateway', { log, pingLiveStore: () => store.ping() })
  onShutdown('report', () => reporter.close())
  log.info({ host, port: gateway.port, liveStore: store.kind }, 'sockets at /ws/site/{site_id}')
}

/**
 * Listens to what meters publish beside the inference worker's bridge, and takes over when that one dies: a reading published
 * while the worker restarts is heard here.
 */
async function standBy(store: LiveStore, log: Logger): Promise<void> {
  const lease = keepLease('bridge:*', `gateway-${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`, log)
  onShutdown('bridge lease', () => lease.close())
  const bridge = startPubSubBridge({ store, buildingId: '*', isHolder: lease.isHolder, log })
  onShutdown('pub/sub bridge', () => bridge.close())
  await bridge.ready
}
