import { setTimeout as sleep } from 'node:timers/promises'
import { mkdtempSync, readFileSync, rmSync, chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { Sample } from '@/lib/contracts/sample'
import { migrate } from '@/lib/infra/migrate'
import { startPostgres } from '@/lib/infra/postgres-server'
import { startRedis } from '@/lib/infra/redis-server'
import { createRedisLiveStore } from '@/lib/live/redis'
import { createHome } from '@/lib/simulation/home'
import { startWorker } from '@/scripts/testing/worker-process'

const SHARD_COUNT = 8
const WINDOW_SECONDS = 1536
/** Distinct simulated homes; a building plays one of them, shifted in time. */
const HOMES = 16
/** How long a worker may take to open all buildings, which it does once in its life. */
const LONGEST_OPENING_SECONDS = 180

export interface SustainedResult {
  buildings: number
  seconds: number
  /** From the first readings until the worker had stored one of every building; not part of `seconds`. */
  openingSeconds: number
  /** Readings sent, and stored by the end. */
  sent: number
  stored: number
  /** Age of the newest published prediction of a sampled building, 50th and 95th percentile over the run. */
  lagSeconds: { p50: number; p95: number }
  /** Lag over the last quarter of the run: above a few seconds the load is not sustained. */
  finalLagSeconds: number
  workerCpuShare: number
  /** Processor time the worker took for one reading, whatever else runs here. */
  workerMsPerReading: number
  workerBytesPerBuilding: number
}

/**
 * `buildings` meters at 1 Hz for `seconds`, through a private Redis and PostgreSQL and one worker process, all on this machine.
 * @returns null where there is no Redis
 * @throws Error where the worker has not opened all buildings in three minutes
 */
export async function sustainLoad(buildings: number, seconds: number): Promise<SustainedResult | null> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'undercurrent-bench-'))
  chmodSync(dataDir, 0o711)
  const redis = await startRedis({ dataDir, appendOnly: true })
  if (!redis) return null
  const postgres = await startPostgres({ dataDir, database: 'bench' })
  try {
    await migrate(postgres.url)
    return await run(redis.url, postgres.url, buildings, seconds)
  } finally {
    await Promise.all([redis.stop(), postgres.stop()])
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function run(redisUrl: string, databaseUrl: string, buildings: number, seconds: number): Promise<SustainedResult> {
  const store = createRedisLiveStore({ url: redisUrl, shardCount: SHARD_COUNT, windowSeconds: WINDOW_SECONDS })
  const worker = await startWorker({
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    LIVE_STORE: 'redis',
    BUILDING_ID: '*',
    INFERENCE_INTERVAL: '1',
    SHARD_COUNT: String(SHARD_COUNT),
    LOG_LEVEL: 'info',
  })
  const bare = processUse(worker.pid)
  const ids = Array.from({ length: buildings }, (_, index) => `bench_${index}`)
  const power = recordHomes(Math.floor(Date.now() / 1000), seconds)
  const append = (timestampSeconds: number, second: number) =>
    store.append(
      ids.map((buildingId, index): Sample => ({
        buildingId,
        timestampSeconds,
        powerWatts: power[index % HOMES]?.[second] ?? 0,
        source: 'replay',
      })),
    )
  const openingAt = Date.now()
  await append(Math.floor(openingAt / 1000), 0)
  while ((await countStored(databaseUrl)) < buildings) {
    if (Date.now() - openingAt > LONGEST_OPENING_SECONDS * 1000) {
      await worker.stop()
      throw new Error(`The worker has not opened ${buildings} buildings in ${LONGEST_OPENING_SECONDS} s.`)
    }
    await sleep(250)
  }
  const openingSeconds = (Date.now() - openingAt) / 1000
  const opened = processUse(worker.pid)
  const startSeconds = Math.floor(Date.now() / 1000)
  const lags: { second: number; lag: number }[] = []
  const watched = ids.filter((_, index) => index % Math.max(1, Math.floor(buildings / 20)) === 0)
  const subscriptions = await Promise.all(
    watched.map((id) =>
      store.subscribePredictions(id, ({ timestamp }) => {
        lags.push({ second: timestamp - startSeconds, lag: Date.now() / 1000 - timestamp })
      }),
    ),
  )
  for (let second = 1; second <= seconds; second++) {
    const dueAt = (startSeconds + second) * 1000
    if (dueAt > Date.now()) await sleep(dueAt - Date.now())
    await append(startSeconds + second, second)
  }
  const used = processUse(worker.pid)
  const storedMeanwhile = (await countStored(databaseUrl)) - buildings
  await sleep(5_000)
  const stored = await countStored(databaseUrl)
  await Promise.all(subscriptions.map((subscription) => subscription.close()))
  await worker.stop()
  await store.close()
  const sorted = lags.map(({ lag }) => lag).sort((a, b) => a - b)
  const final = lags.filter(({ second }) => second > 0.75 * seconds).map(({ lag }) => lag)
  return {
    buildings,
    seconds,
    openingSeconds,
    sent: buildings * (seconds + 1),
    stored,
    lagSeconds: { p50: percentile(sorted, 0.5), p95: percentile(sorted, 0.95) },
    finalLagSeconds: Math.max(0, ...final),
    workerCpuShare: (used.cpuSeconds - opened.cpuSeconds) / seconds,
    workerMsPerReading: (1000 * (used.cpuSeconds - opened.cpuSeconds)) / storedMeanwhile,
    workerBytesPerBuilding: (used.bytes - bare.bytes) / buildings,
  }
}

function recordHomes(startSeconds: number, seconds: number): Float32Array[] {
  return Array.from({ length: HOMES }, (_, index) => {
    const home = createHome({ seed: index, startTimestampSeconds: startSeconds + index * 5_400, timeZone: 'Europe/Berlin' })
    return Float32Array.from({ length: seconds + 1 }, () => home.next().powerWatts)
  })
}

async function countStored(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM power_raw')
  await client.end()
  return Number(rows[0]?.count ?? 0)
}

/** CPU seconds (user and system, at the kernel's 100 ticks a second) and resident bytes of a process, from /proc. */
function processUse(pid: number): { cpuSeconds: number; bytes: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const pageBytes = 4096
  return { cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100, bytes: Number(fields[21]) * pageBytes }
}

const percentile = (sorted: readonly number[], share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
