import { randomBytes } from 'node:crypto'
import { hostname, setPriority } from 'node:os'
import { ensureModelVersion } from '@/lib/data/model-versions'
import { applyFlags, env, type Env } from '@/lib/env'
import { closePool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { configureShutdown, exitWhenParentDies, onShutdown } from '@/lib/infra/shutdown'
import { ModelMissingError, readManifest } from '@/lib/nilm/model-manifest'
import { loadSessionModel } from '@/lib/nilm/session-model'
import { connectServers } from '@/lib/services/connect-servers'
import { reportProcess } from '@/lib/services/process-report'
import { keepLease } from '@/lib/services/single-lease'
import { startLearningLoop } from './learning-loop'

const FLAGS = ['MODEL_DIR'] as const satisfies readonly (keyof Env)[]
/** Inference, pages and readings go first. */
const NICENESS = 10

try {
  applyFlags(process.argv.slice(2), FLAGS)
  await learn()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

async function learn(): Promise<void> {
  const log = createLogger('learning')
  configureShutdown({ log, deadlineMilliseconds: 4_000 })
  exitWhenParentDies()
  setPriority(NICENESS)
  await connectServers(log)
  onShutdown('database', closePool)
  const reporter = reportProcess('learning', { log })
  onShutdown('report', () => reporter.close())
  const { MODEL_DIR: modelDir } = env()
  const manifest = await readManifest(modelDir).catch((error: unknown) => {
    if (error instanceof ModelMissingError) return null
    throw error
  })
  const lease = keepLease('home-learning', `${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`, log)
  onShutdown('lease', () => lease.close())
  if (!manifest) {
    log.warn({ modelDir }, 'there is no model to learn with; start again when there is one')
    return
  }
  const modelVersionId = await ensureModelVersion(manifest.name, manifest.version)
  const isHolder = () => lease.isHolder() === true
  onShutdown('learning', startLearningLoop({ loadModel: () => loadSessionModel({ modelDir }), modelVersionId, isHolder, log }))
  log.info({ model: manifest.version }, 'waiting for labels')
}
