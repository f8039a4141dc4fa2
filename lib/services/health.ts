import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { countBuildings } from '@/lib/data/buildings'
import { countLiveLeases, WORKER_LEASE_PREFIX } from '@/lib/data/leases'
import { overallState, type PartHealth, type PartState, workerHealth } from '@/lib/domain/health'
import { env } from '@/lib/env'
import { pool } from '@/lib/infra/db'
import type { LiveStore } from '@/lib/live/live-store'
import { sharedLiveStore } from './shared-live-store'
const CHECK_TIMEOUT_MILLISECONDS = 2_000
/** The endpoints are open to everyone; however often they are asked, the parts are asked once in this time. */
const REMEMBER_MILLISECONDS = 1_000

export interface HealthReport {
  status: PartState
  /** Unix seconds. */
  timestamp: number
  parts: {
    app: PartHealth & { uptimeSeconds: number }
    database: PartHealth
    liveStore: PartHealth & { kind?: LiveStore['kind'] }
    model: PartHealth & { version?: string }
    worker: PartHealth & { liveWorkers?: number; unacknowledgedSamples?: number }
  }
}

let remembered: { report: Promise<HealthReport>; untilMilliseconds: number } | undefined

/** The state of the application and of all it needs; never rejects. */
export function checkHealth(): Promise<HealthReport> {
  const now = Date.now()
  if (!remembered || remembered.untilMilliseconds <= now) {
    remembered = { report: examine(), untilMilliseconds: now + REMEMBER_MILLISECONDS }
  }
  return remembered.report
}

/** Whether requests can be served now: the database and the live store answer. */
export async function checkReady(): Promise<{ ready: boolean; database: PartHealth; liveStore: PartHealth }> {
  const { database, liveStore } = (await checkHealth()).parts
  return { ready: overallState({ essential: [database, liveStore], others: [] }) !== 'down', database, liveStore }
}

async function examine(): Promise<HealthReport> {
  const [database, liveStore, model, worker] = await Promise.all([
    checked('The database does not answer. Check that PostgreSQL runs and DATABASE_URL is right.', examineDatabase),
    checked<HealthReport['parts']['liveStore']>(
      'The live store does not answer. Check that Redis (or PostgreSQL, where there is no Redis) runs.',
      examineLiveStore,
    ),
    checked<HealthReport['parts']['model']>(
      'There is no readable model manifest. Check MODEL_DIR; until then no appliance is estimated.',
      examineModel,
    ),
    checked<HealthReport['parts']['worker']>('Whether an inference worker runs could not be found out.', examineWorker),
  ])
  const app = { state: 'ok' as const, uptimeSeconds: Math.round(process.uptime()) }
  return {
    status: overallState({ essential: [database, liveStore], others: [model, worker] }),
    timestamp: Date.now() / 1000,
    parts: { app, database, liveStore, model, worker },
  }
}

async function examineDatabase(): Promise<PartHealth> {
  await pool().query('SELECT 1')
  return { state: 'ok' }
}

async function examineLiveStore(): Promise<HealthReport['parts']['liveStore']> {
  const store = sharedLiveStore()
  await store.ping()
  return { state: 'ok', kind: store.kind }
}

async function examineModel(): Promise<HealthReport['parts']['model']> {
  const manifest = await readFile(path.resolve(env().MODEL_DIR, 'manifest.json'), 'utf8')
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(manifest))
  return { state: 'ok', version }
}

async function examineWorker(): Promise<HealthReport['parts']['worker']> {
  const store = sharedLiveStore()
  const [liveWorkers, backlog, buildings] = await Promise.all([
    countLiveLeases(WORKER_LEASE_PREFIX),
    store.backlog(),
    countBuildings(),
  ])
  const unacknowledgedSamples = backlog.reduce((total, shard) => total + shard.unacknowledged, 0)
  return { ...workerHealth({ liveWorkers, unacknowledgedSamples, buildings }), liveWorkers, unacknowledgedSamples }
}

/** The reason stays general: these endpoints are open, and an error's own text can name hosts and accounts. */
async function checked<Part extends PartHealth>(detail: string, examinePart: () => Promise<Part>): Promise<Part | PartHealth> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), CHECK_TIMEOUT_MILLISECONDS)
  })
  try {
    return await Promise.race([examinePart(), timeout])
  } catch {
    return { state: 'down', detail }
  } finally {
    clearTimeout(timer)
  }
}
