import { randomBytes } from 'node:crypto'
import { hostname, setPriority } from 'node:os'
import { ensureModelVersion } from '@/lib/data/model-versions'
import { env, type Env } from '@/lib/env'
import { exitCodeOf, readFlags } from '@/lib/infra/command-line'
import { closePool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { configureShutdown, exitWhenParentDies, onShutdown } from '@/lib/infra/shutdown'
import { loadSessionModel } from '@/lib/nilm/session-model'
import { connectServers } from '@/lib/services/connect-servers'
import { JOBS_LEASE_PREFIX } from '@/lib/services/import/work-off-jobs'
import { reportProcess } from '@/lib/services/process-report'
import { keepLease } from '@/lib/services/single-lease'
import { runAlerts } from './alerts-loop'
import { runJobs } from './jobs-loop'

const FLAGS = ['MODEL_DIR'] as const satisfies readonly (keyof Env)[]
/** Inference, pages and readings go first. */
const NICENESS = 10

const HELP = `Works off imports, estimates, forecasts, insights and alerts in the background.

  npm run jobs

  --model-dir DIR            the models (./models/wavenilm); the other settings are in .env.example`

try {
  readFlags(HELP, FLAGS)
  await start()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(exitCodeOf(error))
}

async function start(): Promise<void> {
  const log = createLogger('jobs')
  configureShutdown({ log, deadlineMilliseconds: 8_000 })
  exitWhenParentDies()
  setPriority(NICENESS)
  await connectServers(log)
  onShutdown('database', closePool)
  const reporter = reportProcess('jobs', { log })
  onShutdown('report', () => reporter.close())
  const owner = `${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`
  const announcement = keepLease(JOBS_LEASE_PREFIX + owner, owner, log)
  onShutdown('announcement', () => announcement.close())
  const alertsLease = keepLease('alerts', owner, log)
  onShutdown('alerts lease', () => alertsLease.close())
  const stop = new AbortController()
  const alerting = runAlerts({ isHolder: () => alertsLease.isHolder() === true, stopped: stop.signal, log })
  const running = runJobs({
    owner,
    log,
    stopped: stop.signal,
    async loadModel() {
      const { MODEL_DIR: modelDir, DEVICE: device } = env()
      const session = await loadSessionModel({ modelDir, device })
      return { session, versionId: await ensureModelVersion(session.description.name, session.description.version) }
    },
  })
  onShutdown('jobs', async () => {
    stop.abort()
    await Promise.all([running, alerting])
  })
  log.info({ owner }, 'waiting for jobs')
}
