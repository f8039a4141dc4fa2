import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import path from 'node:path'
import type { BuildingLag, RunningProcess, SystemHealth } from '@/lib/contracts/system-health'
import {
  countQueues,
  listActiveBuildings,
  listPartitions,
  listShardOwners,
  readDatabaseFacts,
} from '@/lib/data/database-facts'
import { SHARD_LEASE_PREFIX } from '@/lib/data/leases'
import { listReports, type ProcessRow } from '@/lib/data/process-reports'
import { env } from '@/lib/env'
import { checkHealth } from './health'
import { sharedLiveStore } from './shared-live-store'
import { SILENT_SECONDS } from './system-metrics'

/** What runs wherever the application does, and where there is a broker what speaks with it. */
const expectedKinds = () => ['web', 'inference', 'gateway', 'jobs', 'learning', ...(env().MQTT_URL ? ['mqtt'] : [])]
const TIMEOUT_MILLISECONDS = 4_000
const MOST_BUILDINGS = 200
const SHOWN_BUILDINGS = 50
const FAILED_DAYS = 7

/** All that is known of the state of the application, part by part; a part that does not answer leaves out what only it knows. */
export async function getSystemHealth(): Promise<SystemHealth> {
  const [health, processes, shards, buildings, queues, database, disk] = await Promise.all([
    checkHealth(),
    inTime(async () => (await listReports()).map(toProcess)),
    inTime(findShards),
    inTime(findLags),
    inTime(() => countQueues(FAILED_DAYS)),
    inTime(async () => ({ ...(await readDatabaseFacts()), partitions: await listPartitions() })),
    inTime(findDisk),
  ])
  const running = new Set(processes?.filter(({ isSilent }) => !isSilent).map(({ kind }) => kind))
  return {
    health,
    processes,
    missingKinds: processes ? expectedKinds().filter((kind) => !running.has(kind)) : [],
    shards,
    buildings,
    queues,
    database,
    disk,
  }
}

function toProcess({ report, silentSeconds, ...row }: ProcessRow): RunningProcess {
  const { cpuShare, memoryBytes, databaseSeconds, liveStoreSeconds } = report.sample
  const { logLevel, nodeVersion, facts } = report
  return {
    ...row,
    silentSeconds: Math.max(0, silentSeconds),
    isSilent: silentSeconds > SILENT_SECONDS,
    cpuShare,
    memoryBytes,
    databaseSeconds,
    liveStoreSeconds,
    logLevel,
    nodeVersion,
    facts,
  }
}

async function findShards(): Promise<SystemHealth['shards']> {
  const [backlog, owners] = await Promise.all([sharedLiveStore().backlog(), listShardOwners(SHARD_LEASE_PREFIX)])
  return backlog.map(({ shard, unacknowledged }) => ({ shard, owner: owners.get(shard) ?? null, waiting: unacknowledged }))
}

async function findLags(): Promise<BuildingLag[]> {
  const store = sharedLiveStore()
  const nowSeconds = Date.now() / 1000
  const found = await Promise.all(
    (await listActiveBuildings(MOST_BUILDINGS)).map(async (building) => {
      const status = await store.status(building.id)
      if (!status) return []
      return [{
        ...building,
        lastReadingAt: status.last_sample_time,
        lagSeconds: nowSeconds - status.last_sample_time,
        lateReadings: status.late_samples,
        rejectedReadings: status.rejected_samples,
        modelVersion: status.model_version,
      }]
    }),
  )
  return found.flat().toSorted((a, b) => b.lagSeconds - a.lagSeconds).slice(0, SHOWN_BUILDINGS)
}

async function findDisk(): Promise<SystemHealth['disk']> {
  const folder = path.resolve(env().DATA_DIR)
  const { bsize, blocks, bavail } = await statfs(existsSync(folder) ? folder : process.cwd())
  return { totalBytes: bsize * blocks, freeBytes: bsize * bavail }
}

/** @returns null where it fails or takes too long: the rest is told all the same */
async function inTime<Found>(find: () => Promise<Found>): Promise<Found | null> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), TIMEOUT_MILLISECONDS)
  })
  return Promise.race([find().catch(() => null), timeout]).finally(() => clearTimeout(timer))
}
