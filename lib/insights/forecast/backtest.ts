import { setImmediate } from 'node:timers/promises'
import type { Candidate, ForecastTask, SeriesView } from './candidate'

/** What each candidate would have said at one moment of the past, and what came. */
export interface BacktestOrigin {
  origin: number
  targets: Int32Array
  actual: Float64Array
  /** By candidate, aligned with targets. */
  predicted: Float64Array[]
}

export interface BacktestOptions {
  /** The first step that is not known. */
  end: number
  horizonSteps: number
  mostOrigins: number
  /** Of each origin at most this many steps are looked at, evenly spaced. */
  mostTargets: number
}

export type BacktestProgress = (share: number) => Promise<void>

const FEWEST_DAYS_BEFORE = 3
/** A younger history is tried more often and earlier, so that it can be tried at all. */
const YOUNG_DAYS = 10
const YOUNG = { daysBefore: 2, everyHours: 7 }
const NEW_DAYS = 4
const NEW = { daysBefore: 1, everyHours: 2 }
const EVERY_HOURS = 25
const TASKS_AT_A_TIME = 2

/**
 * The moments of a rolling-origin backtest before `end`, newest first spaced a day and an hour apart, so that all hours of the day are
 * begun at; the newest ends where the series does. Ascending.
 */
export function backtestTasks(view: SeriesView, { end, horizonSteps, mostOrigins, mostTargets }: BacktestOptions): ForecastTask[] {
  const perHour = 3600 / view.calendar.stepSeconds
  const firstKnown = view.values.findIndex((value) => !Number.isNaN(value))
  const days = (end - firstKnown) / view.calendar.slotsPerDay
  const { daysBefore, everyHours } =
    days < NEW_DAYS ? NEW : days < YOUNG_DAYS ? YOUNG : { daysBefore: FEWEST_DAYS_BEFORE, everyHours: EVERY_HOURS }
  const earliest = firstKnown + daysBefore * view.calendar.slotsPerDay
  const tasks: ForecastTask[] = []
  // A short history cannot wait for the whole horizon: its newest origins are followed as far as there are values.
  const followed = days < NEW_DAYS ? Math.ceil(view.calendar.slotsPerDay / 4) : view.calendar.slotsPerDay
  const newest = end - Math.min(horizonSteps, followed)
  const stepsApart = Math.max(1, everyHours * perHour)
  for (let n = 0; n < mostOrigins; n++) {
    const origin = newest - Math.round(n * stepsApart)
    if (origin < earliest) break
    const length = Math.min(horizonSteps, end - origin)
    const stride = Math.max(1, Math.ceil(length / mostTargets))
    // Each origin begins at another step, so that together they see all of them.
    const first = origin + (n % Math.min(stride, length))
    const targets = Int32Array.from({ length: Math.ceil((origin + length - first) / stride) }, (_, i) => first + i * stride)
    tasks.push({ origin, targets: targets.filter((target) => !Number.isNaN(view.values[target]!)) })
  }
  return tasks.reverse().filter(({ targets }) => targets.length > 0)
}

export async function backtest(
  view: SeriesView,
  candidates: readonly Candidate[],
  tasks: readonly ForecastTask[],
  progress: BacktestProgress = async () => {},
): Promise<BacktestOrigin[]> {
  const byCandidate: Float64Array[][] = []
  for (const [index, candidate] of candidates.entries()) {
    const forecasts: Float64Array[] = []
    for (let from = 0; from < tasks.length; from += TASKS_AT_A_TIME) {
      forecasts.push(...(await candidate.forecast(view, tasks.slice(from, from + TASKS_AT_A_TIME))))
      // Whoever else this process serves must not wait for all of it.
      await setImmediate()
      await progress((index + Math.min(1, (from + TASKS_AT_A_TIME) / tasks.length)) / candidates.length)
    }
    byCandidate.push(forecasts)
  }
  return tasks.map(({ origin, targets }, index) => ({
    origin,
    targets,
    actual: Float64Array.from(targets, (target) => view.values[target]!),
    predicted: byCandidate.map((forecasts) => forecasts[index]!),
  }))
}
