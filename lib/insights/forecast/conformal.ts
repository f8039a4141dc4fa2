import { originWeight } from './blend'
import type { SlotCalendar } from './slot-calendar'
import { weightedQuantile } from './weighted-quantile'

const MISS_SHARE = 0.05
/** How many typical errors an hour of the day begins with, before its own are seen. */
const PRIOR_ERRORS = 8
/** Step of the adaptive miss share, Gibbs and Candès 2021. */
const ADAPTATION = 0.02
/** Upper bounds of the classes of hours ahead that have quantiles of their own. */
const HORIZON_CLASSES_HOURS = [1, 3, 8, 24, 72, Infinity]
const FEWEST_SCORES = 60
/** Errors of one origin resemble each other; they count as so many. */
const INDEPENDENT_PER_ORIGIN = 4

/** How wide intervals are: what a forecast's errors were in the past. JSON. */
export interface IntervalModel {
  /** The usual size of an error by hour of the local day, in the series' unit. */
  hourScale: number[]
  /** Multiples of that size by class of hours ahead, as HORIZON_CLASSES_HOURS. */
  lower: number[]
  upper: number[]
}

interface Score {
  hoursAhead: number
  hour: number
  error: number
  weight: number
}

/** What was forecast at one moment of the past, and what came. */
export interface JudgedOrigin {
  origin: number
  targets: Int32Array
  actual: Float64Array
  /** Aligned with targets; NaN where nothing was forecast. */
  said: Float64Array
}

const scoresOf = (origins: readonly JudgedOrigin[], calendar: SlotCalendar): Score[][] =>
  origins.map(({ origin, targets, actual, said }, index) => {
    const scores: Score[] = []
    for (let i = 0; i < targets.length; i++) {
      const error = actual[i]! - said[i]!
      if (Number.isNaN(error)) continue
      const hour = Math.floor((calendar.slot[targets[i]!]! * calendar.stepSeconds) / 3600)
      const hoursAhead = ((targets[i]! - origin + 1) * calendar.stepSeconds) / 3600
      scores.push({ hoursAhead, hour, error, weight: originWeight(origins.length, index) })
    }
    return scores
  })

/**
 * Split conformal intervals from a backtest's errors: divided by the usual error of their hour of the day, each class of hours ahead
 * has its own lower and upper quantile, newer origins weighing more (Barber et al. 2023, Conformal prediction beyond
 * exchangeability). The miss share follows what the intervals would have missed origin by origin (Gibbs and Candès 2021).
 */
export function fitIntervals(
  origins: readonly JudgedOrigin[],
  calendar: SlotCalendar,
  missShare = MISS_SHARE,
): IntervalModel {
  const scores = scoresOf(origins, calendar)
  let share = missShare
  const firstJudged = Math.max(10, Math.floor(scores.length / 2))
  for (let index = firstJudged; index < scores.length; index++) {
    const judged = scores[index]!
    if (judged.length === 0) continue
    // Every third is enough to see how often they miss, at a third of the cost.
    if ((index - firstJudged) % 3 !== 0) continue
    const model = fit(scores.slice(0, index).flat(), share, index)
    const missed = judged.filter((score) => !isInside(model, score)).length / judged.length
    share = Math.min(0.12, Math.max(0.01, share + 3 * ADAPTATION * (missShare - missed)))
  }
  return fit(scores.flat(), share, scores.length)
}

function isInside(model: IntervalModel, { hour, hoursAhead, error }: Score): boolean {
  const [lower, upper] = intervalOffsets(model, hour, hoursAhead)
  return error >= lower && error <= upper
}

function fit(scores: readonly Score[], missShare: number, origins: number): IntervalModel {
  const hourScale = fitHourScale(scores)
  const relative = scores.map(({ hour, error }) => error / hourScale[hour]!)
  const bounds = HORIZON_CLASSES_HOURS.map((upTo, index) => {
    const from = HORIZON_CLASSES_HOURS[index - 1] ?? 0
    let members = scores.flatMap(({ hoursAhead }, i) => (hoursAhead > from && hoursAhead <= upTo ? [i] : []))
    if (members.length < FEWEST_SCORES) members = scores.map((_, i) => i)
    const values = members.map((i) => relative[i]!)
    const weights = members.map((i) => scores[i]!.weight)
    // Finite samples: the quantile is taken a rank further out. Errors of one origin are no independent samples.
    const independent = Math.min(values.length, origins * INDEPENDENT_PER_ORIGIN)
    const tail = Math.max(0, (missShare / 2) * (1 + 1 / independent) - 1 / independent)
    return [weightedQuantile(values, weights, tail), weightedQuantile(values, weights, 1 - tail)] as const
  })
  return { hourScale, lower: bounds.map(([lower]) => Math.min(0, lower)), upper: bounds.map(([, upper]) => Math.max(0, upper)) }
}

function fitHourScale(scores: readonly Score[]): number[] {
  const sums = new Float64Array(24)
  const counts = new Float64Array(24)
  let total = 0
  let totalWeight = 0
  for (const { hour, error, weight } of scores) {
    sums[hour]! += weight * Math.abs(error)
    counts[hour]! += weight
    total += weight * Math.abs(error)
    totalWeight += weight
  }
  const overall = totalWeight > 0 ? total / totalWeight : 0
  return Array.from({ length: 24 }, (_, hour) => {
    const around = [hour - 1, hour, hour + 1].map((h) => (h + 24) % 24)
    const sum = around.reduce((s, h) => s + sums[h]! * (h === hour ? 1 : 0.5), 0)
    const count = around.reduce((s, h) => s + counts[h]! * (h === hour ? 1 : 0.5), 0)
    return Math.max((sum + PRIOR_ERRORS * overall) / (count + PRIOR_ERRORS), overall * 0.02, Number.MIN_VALUE)
  })
}

/** What lies between a forecast and the ends of its 95 % interval. @param hoursAhead end of the step @param hour local, 0 to 23 */
export function intervalOffsets(model: IntervalModel, hour: number, hoursAhead: number): [lower: number, upper: number] {
  const index = HORIZON_CLASSES_HOURS.findIndex((upTo) => hoursAhead <= upTo)
  const scale = model.hourScale[hour] ?? 0
  return [(model.lower[index] ?? 0) * scale, (model.upper[index] ?? 0) * scale]
}
