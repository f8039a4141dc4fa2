// One building's stream through inference workers of its own, which a test kills, suspends and replaces while it runs.
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Sample } from '@/lib/contracts/sample'
import { waitUntil } from '@/lib/infra/private-server'
import type { LiveStore } from '@/lib/live/live-store'
import { createPostgresLiveStore } from '@/lib/live/postgres'
import { createRedisLiveStore } from '@/lib/live/redis'
import { shardOf } from '@/lib/live/shard'
import { createHome } from '@/lib/simulation/home'
import type { OwnServers } from './own-servers'
import { countReadings, coveredSeconds, readStored } from './stored-series'
import { startWorker, type WorkerProcess } from './worker-process'

const SHARD_COUNT = 4
const WINDOW_SECONDS = 1536
const START_SECONDS = Date.UTC(2025, 2, 4, 6, 30) / 1000
/** Long enough for a machine with little to give; what is waited for is a condition, not a time. */
const PATIENCE_MILLISECONDS = 100_000
const LARGEST_APPEND = 500

export class WorkerRun {
  readonly buildingId: string
  private readonly settings: Record<string, string>
  private readonly store: LiveStore
  private readonly workers: WorkerProcess[] = []
  private sent = 0
  private ended = false

  constructor(
    private readonly servers: OwnServers,
    private readonly database: pg.Pool,
    name: string,
    kind: LiveStore['kind'],
  ) {
    this.buildingId = `crash_${name}_${kind}_${Date.now().toString(36)}`
    this.settings = {
      DATABASE_URL: servers.databaseUrl,
      REDIS_URL: kind === 'redis' ? servers.redisUrl : '',
      BUILDING_ID: '*',
      INFERENCE_INTERVAL: '1',
      SHARD_COUNT: String(SHARD_COUNT),
      LIVE_STORE: kind,
    }
    const live = { shardCount: SHARD_COUNT, windowSeconds: WINDOW_SECONDS }
    this.store =
      kind === 'redis'
        ? createRedisLiveStore({ url: servers.redisUrl, ...live })
        : createPostgresLiveStore({ connectionString: servers.databaseUrl, ...live })
  }

  async startWorker(): Promise<WorkerProcess> {
    const worker = await startWorker(this.settings)
    this.workers.push(worker)
    return worker
  }

  /** The first `seconds` of the same simulated home for every run, one reading a second. */
  samples(seconds: number): Sample[] {
    const home = createHome({ seed: 3, startTimestampSeconds: START_SECONDS, timeZone: 'Europe/London' })
    return Array.from({ length: seconds }, () => {
      const { timestampSeconds, powerWatts } = home.next()
      return { buildingId: this.buildingId, timestampSeconds, powerWatts, source: 'replay' as const }
    })
  }

  /** Sends one reading by pub/sub, as a meter does. */
  async publish({ buildingId, timestampSeconds, powerWatts }: Sample): Promise<void> {
    await this.store.publishInput(buildingId, JSON.stringify({ timestamp: timestampSeconds, power_total: powerWatts }))
  }

  /** As a producer does: tries again until the store has it. */
  async append(samples: readonly Sample[]): Promise<void> {
    for (;;) {
      if (this.ended) throw new Error('The run ended before everything was sent.')
      try {
        await this.store.append(samples)
        this.sent += samples.length
        return
      } catch {
        await sleep(200)
      }
    }
  }

  /** Sends `seconds` readings at `speed` times real time. Resolves when all of it is stored. */
  feed(seconds: number, speed: number): Promise<void> {
    const feeding = this.sendAll(this.samples(seconds), speed).then(() => this.settle(seconds))
    // A test that fails before it waits for this has said why; the rejection must not end the test run.
    feeding.catch(() => {})
    return feeding
  }

  /** Waits until this many readings are stored. */
  async untilStored(readings: number): Promise<void> {
    await this.until(`${readings} readings stored`, async () => (await countReadings(this.database, this.buildingId)) >= readings)
  }

  /** Waits until this many readings are on their way. */
  async untilSent(readings: number): Promise<void> {
    await this.until(`${readings} readings sent`, () => this.sent >= readings)
  }

  /** Waits until every reading and every minute is stored and every entry acknowledged. */
  async settle(readings: number): Promise<void> {
    await this.until(`${readings} readings and their minutes stored, nothing unacknowledged`, async () => {
      const stored = await countReadings(this.database, this.buildingId)
      const covered = await coveredSeconds(this.database, this.buildingId)
      const backlog = await this.store.backlog()
      return stored >= readings && covered > readings - 0.001 && backlog.every(({ unacknowledged }) => unacknowledged === 0)
    })
  }

  /** Waits until this run's workers, this many, serve all shards between them. @returns the one that serves its building */
  async untilSharedBy(workers: number): Promise<WorkerProcess> {
    let serving: WorkerProcess | undefined
    await this.until(`all shards shared by ${workers} workers`, async () => {
      const leases = await this.leases()
      const holders = leases.map(({ owner }) => this.workers.find((worker) => isOwner(worker, owner)))
      serving = holders[leases.findIndex(({ name }) => name === this.shardLease)]
      return leases.length === SHARD_COUNT && holders.every(Boolean) && new Set(holders).size === workers
    })
    if (!serving) throw new Error('All shards are served, but not the one of this run.')
    return serving
  }

  /** Waits until another worker than this one serves this run's building. */
  async untilReplaced(replaced: WorkerProcess): Promise<void> {
    await this.until('another worker serving the building', async () => {
      const lease = (await this.leases()).find(({ name }) => name === this.shardLease)
      return lease !== undefined && !isOwner(replaced, lease.owner)
    })
  }

  stored = () => readStored(this.database, this.buildingId)

  /** Ends every worker in order, as a deployment does. */
  async end(): Promise<void> {
    for (const worker of this.workers) await worker.stop()
    await this.abandon()
  }

  /** Leaves nothing running, whatever state a test that failed left it in: a worker keeps its leases while it lives. */
  async abandon(): Promise<void> {
    if (this.ended) return
    this.ended = true
    for (const worker of this.workers) await worker.kill()
    await this.store.close()
  }

  private async sendAll(samples: readonly Sample[], speed: number): Promise<void> {
    const startedAt = Date.now()
    for (let index = 0; index < samples.length; ) {
      const dueNow = speed === Number.POSITIVE_INFINITY ? samples.length : Math.floor(((Date.now() - startedAt) / 1000) * speed)
      const due = Math.min(samples.length, dueNow, index + LARGEST_APPEND)
      if (due > index) {
        await this.append(samples.slice(index, due))
        index = due
      } else await sleep(20)
    }
  }

  private get shardLease(): string {
    return `shard:${shardOf(this.buildingId, SHARD_COUNT)}`
  }

  private async leases(): Promise<{ name: string; owner: string }[]> {
    const { rows } = await this.database.query<{ name: string; owner: string }>(
      `SELECT name, owner FROM shard_lease WHERE starts_with(name, 'shard:') AND expires_at > now()`,
    )
    return rows
  }

  /** A server that is down at the moment has not met the condition. */
  private async until(what: string, isMet: () => boolean | Promise<boolean>): Promise<void> {
    let lastError: unknown
    const check = async () => {
      try {
        return await isMet()
      } catch (error) {
        lastError = error
        return false
      }
    }
    if (await waitUntil(check, PATIENCE_MILLISECONDS, 100)) return
    const stored = await this.stored().catch(() => null)
    const said = this.workers.map((worker) => worker.output().slice(-3000)).join('\n')
    throw new Error(`Not reached: ${what}. Sent ${this.sent}, stored ${JSON.stringify(stored)}.\n${said}`, { cause: lastError })
  }
}

/** A worker names itself after its machine, its process and chance. */
const isOwner = ({ pid }: WorkerProcess, owner: string) => owner.includes(`-${pid}-`)
