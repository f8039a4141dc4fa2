import type { PerformancePoint } from '@/lib/contracts/performance'
import type { ProcessSample } from '@/lib/contracts/processes'
import { addLatencies, quantileSeconds } from './latency'

export interface TimedSample {
  processId: string
  kind: string
  /** Unix seconds: when it ended. */
  at: number
  sample: ProcessSample
}

/** Processes that answer requests, and those that run the models. */
const ANSWERS = 'web'
const INFERS = 'inference'

/**
 * What all processes measured, in stretches of equal length: rates of each process over the time it measured, added up; quantiles of
 * all durations together; of answer times the longest.
 * @param fromSeconds Unix seconds; the first stretch begins at the multiple of `binSeconds` at or before it
 * @param toSeconds the last stretch is the one that is over by then
 */
export function performancePoints(
  samples: readonly TimedSample[],
  fromSeconds: number,
  toSeconds: number,
  binSeconds: number,
): PerformancePoint[] {
  const first = Math.floor(fromSeconds / binSeconds)
  const end = Math.floor(toSeconds / binSeconds)
  const bins = Array.from({ length: Math.max(0, end - first) }, (): TimedSample[] => [])
  for (const sample of samples) bins[Math.floor(sample.at / binSeconds) - first]?.push(sample)
  return bins.map((inBin, index) => pointOf((first + index) * binSeconds, inBin))
}

function pointOf(at: number, all: readonly TimedSample[]): PerformancePoint {
  const web = all.filter(({ kind }) => kind === ANSWERS)
  const workers = all.filter(({ kind }) => kind === INFERS)
  const requests = addLatencies(web.flatMap(({ sample }) => sample.requests ?? []))
  const inference = addLatencies(workers.flatMap(({ sample }) => sample.inference ?? []))
  const commits = addLatencies(workers.flatMap(({ sample }) => sample.commits ?? []))
  return {
    at,
    requestsPerSecond: rate(web, ({ requests: own }) => own?.count ?? 0),
    failuresPerSecond: rate(web, ({ failures }) => failures),
    requestP95Seconds: quantileSeconds(requests, 0.95),
    inferencesPerSecond: rate(workers, ({ inference: own }) => own?.count ?? 0),
    inferenceP95Seconds: quantileSeconds(inference, 0.95),
    commitP95Seconds: quantileSeconds(commits, 0.95),
    databaseSeconds: highest(all.map(({ sample }) => sample.databaseSeconds)),
    liveStoreSeconds: highest(all.map(({ sample }) => sample.liveStoreSeconds)),
    cpuCores: rate(all, ({ cpuShare, seconds }) => cpuShare * seconds),
    memoryBytes: memoryOf(all),
  }
}

/** Of each process its amount over its time, added up. */
function rate(samples: readonly TimedSample[], amountOf: (sample: ProcessSample) => number): number | null {
  if (samples.length === 0) return null
  const byProcess = new Map<string, { amount: number; seconds: number }>()
  for (const { processId, sample } of samples) {
    const { amount, seconds } = byProcess.get(processId) ?? { amount: 0, seconds: 0 }
    byProcess.set(processId, { amount: amount + amountOf(sample), seconds: seconds + sample.seconds })
  }
  return [...byProcess.values()].reduce((total, { amount, seconds }) => total + (seconds > 0 ? amount / seconds : 0), 0)
}

/** Of each process what it used last. */
function memoryOf(samples: readonly TimedSample[]): number | null {
  const last = new Map(samples.map(({ processId, sample }) => [processId, sample.memoryBytes]))
  return last.size === 0 ? null : [...last.values()].reduce((sum, bytes) => sum + bytes, 0)
}

function highest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : Math.max(...known)
}
