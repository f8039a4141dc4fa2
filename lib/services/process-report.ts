import { randomBytes } from 'node:crypto'
import os from 'node:os'
import type { ProcessKind, ProcessReport, ProcessSample } from '@/lib/contracts/processes'
import { listReportsFrom, removeReport, storeReport } from '@/lib/data/process-reports'
import { addLatencies, latenciesSince, NO_LATENCIES, type Latencies } from '@/lib/domain/latency'
import { pool } from '@/lib/infra/db'
import { currentLogLevel, setLogLevel, type Logger } from '@/lib/infra/logger'
import { processMetrics } from '@/lib/infra/process-metrics'
import { machineMemory, UsageMeter } from './process-usage'
import { byRoute, isFailure, readHistogram, type CountedLatencies } from './route-latencies'

export const REPORT_EVERY_SECONDS = 5
const PROBE_MILLISECONDS = 4_000
/** Routes are told over this time, in steps of so long. */
const ROUTES_SECONDS = 900
const ROUTES_STEP_SECONDS = 30

export interface ReporterOptions {
  log: Logger
  /** Asks the live store, where this process has one. */
  pingLiveStore?: () => Promise<void>
  /** What only this kind of process knows. */
  facts?: () => Record<string, number>
}

export interface ProcessReporter {
  readonly id: string
  /** Tells now; rejects where the database does not take it. */
  tell(): Promise<void>
  close(): Promise<void>
}

// Global, because Next may load this module once per bundle.
const shared = globalThis as typeof globalThis & { undercurrentProcessId?: string }

/** The id under which this process reports; undefined where it does not. */
export const ownProcessId = (): string | undefined => shared.undercurrentProcessId

/**
 * Says every few seconds how this process is, for the pages of administrators, and follows the log level that they set. What
 * cannot be told while the database is away is not missed later.
 */
export function reportProcess(kind: ProcessKind, options: ReporterOptions): ProcessReporter {
  const id = `${kind}-${os.hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`
  const measure = new ProcessMeasurer(options)
  const startedAt = Date.now() / 1000 - process.uptime()
  shared.undercurrentProcessId = id
  let levelTimer: NodeJS.Timeout | undefined
  let isClosed = false
  let isTroubled = false

  const tell = async () => {
    const report = await measure.report()
    const asked = await storeReport({ id, kind, host: os.hostname(), pid: process.pid, startedAt, report })
    clearTimeout(levelTimer)
    setLogLevel(asked?.level ?? null)
    // Should the database be away when the time is over.
    if (asked) levelTimer = setTimeout(() => setLogLevel(null), asked.secondsLeft * 1000).unref()
  }
  const tick = async () => {
    try {
      await tell()
      isTroubled = false
    } catch (err) {
      if (!isTroubled) options.log.warn({ err }, 'how this process is could not be stored, trying again')
      isTroubled = true
    }
  }
  let running = forgetPredecessors(kind).catch(() => {}).then(tick)
  const timer = setInterval(() => {
    running = running.then(() => (isClosed ? undefined : tick()))
  }, REPORT_EVERY_SECONDS * 1000).unref()
  return {
    id,
    tell,
    async close() {
      isClosed = true
      clearInterval(timer)
      clearTimeout(levelTimer)
      await running
      if (shared.undercurrentProcessId === id) shared.undercurrentProcessId = undefined
      await removeReport(id).catch(() => {})
    },
  }
}

/** One that was killed could not say that it ends, and is not missed once another has taken its place. */
async function forgetPredecessors(kind: ProcessKind): Promise<void> {
  for (const { id, pid } of await listReportsFrom(kind, os.hostname())) if (!isAlive(pid)) await removeReport(id)
}

function isAlive(pid: number): boolean {
  try {
    // Signal 0 only asks.
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** What this process has answered since it began. */
export async function requestTotals(): Promise<{ totalRequests: number; totalFailures: number }> {
  return totalsOf(await readHistogram(processMetrics().requests))
}

class ProcessMeasurer {
  private readonly usage = new UsageMeter()
  private requests: CountedLatencies[] = []
  private readonly earlierRequests: { atMilliseconds: number; counted: CountedLatencies[] }[] = []
  private inference: Latencies = NO_LATENCIES
  private commits: Latencies = NO_LATENCIES

  constructor(private readonly options: ReporterOptions) {}

  async report(): Promise<ProcessReport> {
    const { requests, inference, commits } = processMetrics()
    const counted = await readHistogram(requests)
    const [inferenceNow, commitsNow] = [totalOf(await readHistogram(inference)), totalOf(await readHistogram(commits))]
    const [databaseSeconds, liveStoreSeconds] = await Promise.all([
      timed(() => pool().query('SELECT 1')),
      this.options.pingLiveStore ? timed(this.options.pingLiveStore) : null,
    ])
    const { seconds, cpuShare, machineCpuShare } = this.usage.measure()
    const { totalRequests, totalFailures } = totalsOf(counted)
    const sample: ProcessSample = {
      seconds,
      cpuShare,
      memoryBytes: process.memoryUsage.rss(),
      requests: someOf(latenciesSince(totalOf(counted), totalOf(this.requests))),
      failures: totalFailures - totalsOf(this.requests).totalFailures,
      inference: someOf(latenciesSince(inferenceNow, this.inference)),
      commits: someOf(latenciesSince(commitsNow, this.commits)),
      databaseSeconds,
      liveStoreSeconds,
    }
    const earlier = this.keep(counted)
    this.requests = counted
    this.inference = inferenceNow
    this.commits = commitsNow
    return {
      sample,
      totalRequests,
      totalFailures,
      routes: byRoute(counted, earlier?.counted ?? []),
      routesSeconds: earlier ? (performance.now() - earlier.atMilliseconds) / 1000 : process.uptime(),
      machine: { cores: os.cpus().length, cpuShare: machineCpuShare, ...machineMemory() },
      logLevel: currentLogLevel(),
      nodeVersion: process.versions.node,
      facts: this.options.facts?.() ?? {},
    }
  }

  /** @returns what had been counted when the time began over which routes are told; undefined where the process is younger */
  private keep(counted: CountedLatencies[]): { atMilliseconds: number; counted: CountedLatencies[] } | undefined {
    const nowMilliseconds = performance.now()
    const last = this.earlierRequests.at(-1)
    if (!last || nowMilliseconds - last.atMilliseconds >= ROUTES_STEP_SECONDS * 1000) {
      this.earlierRequests.push({ atMilliseconds: nowMilliseconds, counted })
    }
    const isOver = (at: number) => nowMilliseconds - at > ROUTES_SECONDS * 1000
    while (this.earlierRequests[1] && isOver(this.earlierRequests[1].atMilliseconds)) this.earlierRequests.shift()
    const first = this.earlierRequests[0]
    return first && isOver(first.atMilliseconds) ? first : undefined
  }
}

const totalOf = (counted: readonly CountedLatencies[]) => addLatencies(counted.map(({ latencies }) => latencies))
const someOf = (latencies: Latencies) => (latencies.count > 0 ? { ...latencies, buckets: [...latencies.buckets] } : null)

function totalsOf(counted: readonly CountedLatencies[]) {
  return { totalRequests: totalOf(counted).count, totalFailures: totalOf(counted.filter(isFailure)).count }
}

/** @returns null where there was no answer in time */
async function timed(ask: () => Promise<unknown>): Promise<number | null> {
  const startedAt = performance.now()
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), PROBE_MILLISECONDS)
  })
  return Promise.race([ask(), tooLong])
    .then(
      () => (performance.now() - startedAt) / 1000,
      () => null,
    )
    .finally(() => clearTimeout(timer))
}
