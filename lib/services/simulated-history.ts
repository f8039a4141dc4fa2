import type { WindowPoint } from '@/lib/contracts/live-events'
import { newestRawSeconds } from '@/lib/data/raw-read'
import { ensureBuilding } from '@/lib/data/building-keys'
import { ensureModelVersion } from '@/lib/data/model-versions'
import { pool } from '@/lib/infra/db'
import type { LiveStore, LiveUpdate } from '@/lib/live/live-store'
import type { DisaggregationEngine } from '@/lib/nilm/session-types'
import { createHome } from '@/lib/simulation/home'
import type { SimulatedHomeChoice } from '@/lib/simulation/home-of-building'
import { sampleOf } from '@/lib/simulation/home-sample'
import { BuildingPipeline } from './building-pipeline'
import { commitWrites } from './commit-writes'

const PUSH_SECONDS = 3600
const COMMIT_SECONDS = 6 * 3600

export interface HistoryOptions {
  buildingId: string
  home: SimulatedHomeChoice
  days: number
  /** 1 Hz readings are stored for this long before the end only; minutes, hours and runs for the whole time. */
  rawDays: number
  engine: DisaggregationEngine
  store: LiveStore
  windowSeconds: number
  /** Called with days done and days in all. */
  progress: (doneDays: number, allDays: number) => void
}

/**
 * Brings a simulated home's history up to now: simulated mains through the real models, along the very path live readings
 * take. Continues where the stored history ends.
 * @returns seconds added
 */
export async function extendSimulatedHistory(options: HistoryOptions): Promise<number> {
  const { buildingId, engine, store } = options
  const { key } = await ensureBuilding(buildingId)
  const nowSeconds = Math.floor(Date.now() / 1000)
  const newest = await newestRawSeconds(pool(), key)
  const fromSeconds = Math.max(newest === null ? 0 : Math.floor(newest) + 1, nowSeconds - options.days * 86_400)
  if (fromSeconds >= nowSeconds) return 0
  const modelVersionId = await ensureModelVersion(engine.model.name, engine.model.version)
  const home = createHome({ ...options.home, startTimestampSeconds: fromSeconds })
  let atEnd = false
  // No lease: nobody else writes a building before the workers are started.
  const pipeline = await BuildingPipeline.open(buildingId, 0, { name: '', epoch: 0n }, {
    engine,
    worker: 'history',
    windowSeconds: options.windowSeconds,
    inferenceIntervalSeconds: 1,
    // The live window shows the end only.
    publishedSeconds: () => (atEnd ? options.windowSeconds : 1),
    rejectedSamples: () => 0,
  })
  const rawFromSeconds = nowSeconds - options.rawDays * 86_400
  const days = (nowSeconds - fromSeconds) / 86_400
  let storing: Promise<unknown> = Promise.resolve()
  let last: LiveUpdate | null = null
  let points: WindowPoint[] = []
  for (let start = fromSeconds; start < nowSeconds; start += PUSH_SECONDS) {
    const end = Math.min(nowSeconds, start + PUSH_SECONDS)
    atEnd = end >= nowSeconds - options.windowSeconds
    const entries = Array.from({ length: end - start }, () => ({ id: '', shard: 0, sample: sampleOf(buildingId, home.next()) }))
    const update = await pipeline.process(entries, false)
    if (update) last = update
    points = atEnd ? [...points, ...(update?.points ?? [])] : []
    if (end < nowSeconds && (end - fromSeconds) % COMMIT_SECONDS !== 0) continue
    if (end >= nowSeconds) await pipeline.settle()
    const writes = pipeline.takeWrites()
    writes.raw = writes.raw.filter(({ sample }) => sample.timestampSeconds > rawFromSeconds)
    // The next six hours are computed while these are stored.
    await storing
    storing = commitWrites([writes], modelVersionId, null)
    storing.catch(() => {})
    options.progress((end - fromSeconds) / 86_400, days)
  }
  await storing
  await pipeline.close()
  if (last) await store.publish({ ...last, points })
  return nowSeconds - fromSeconds
}
