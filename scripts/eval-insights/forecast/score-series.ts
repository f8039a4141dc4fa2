import { backtest, backtestTasks, type BacktestOrigin } from '@/lib/insights/forecast/backtest'
import { blended } from '@/lib/insights/forecast/blend'
import type { Candidate } from '@/lib/insights/forecast/candidate'
import { choiceOf, offsetsAt, signBounds, viewOf } from '@/lib/insights/forecast/forecast'
import { NAIVE_DAY, NAIVE_WEEK } from '@/lib/insights/forecast/profile-candidates'
import type { MeasuredSeries } from './measured-series'

const HORIZON_HOURS = 24
const KNOWN_ORIGINS = 60
const FEWEST_ORIGINS = 14
const LEADS_HOURS = [1, 3, 6, 12, 24]

export interface SeriesScore {
  origins: number
  meanAbsoluteError: number
  naiveDayError: number
  naiveWeekError: number
  rootMeanSquareError: number
  naiveDayRootMeanSquare: number
  coverage: number
  /** Errors by hours ahead. */
  byLead: { upToHours: number; error: number; naive: number }[]
  /** By candidate, over all origins. */
  candidateErrors: number[]
  /** Mean share in the blends. */
  shares: number[]
}

/**
 * Forecasts a day ahead from moments 25 hours apart, each time choosing blend and intervals from what was known then.
 * @param fromShare judges only what comes after this share of the series
 */
export async function scoreSeries(
  { series, timeZone }: MeasuredSeries,
  candidates: readonly Candidate[],
  { fromShare = 0, everyOrigin = 1 } = {},
): Promise<SeriesScore> {
  const view = viewOf(series, HORIZON_HOURS, timeZone)
  const end = series.values.length
  const plan = { end, horizonSteps: HORIZON_HOURS, mostOrigins: 10_000, mostTargets: HORIZON_HOURS }
  const tasks = backtestTasks(view, plan).filter(({ origin }) => origin >= end * fromShare - KNOWN_ORIGINS * 25)
  const origins = await backtest(view, candidates, tasks)
  const [day, week] = [candidates.indexOf(NAIVE_DAY), candidates.indexOf(NAIVE_WEEK)]
  const sums = { error: 0, day: 0, week: 0, square: 0, daySquare: 0, inside: 0, judged: 0 }
  const byCandidate = candidates.map(() => ({ error: 0, count: 0 }))
  const shares = candidates.map(() => 0)
  const bounds = signBounds(series.values)
  const clip = (value: number) => Math.min(bounds.most, Math.max(bounds.least, value))
  const byLead = LEADS_HOURS.map((upToHours) => ({ upToHours, error: 0, naive: 0 }))
  let judgedOrigins = 0
  for (let index = 0; index < origins.length; index += everyOrigin) {
    const judged = origins[index]!
    const known = origins.slice(Math.max(0, index - KNOWN_ORIGINS - 1), index).filter((past) => past.origin + HORIZON_HOURS <= judged.origin)
    if (judged.origin < end * fromShare || known.length < FEWEST_ORIGINS) continue
    const { intervals, blend } = choiceOf(known, candidates, view.calendar)
    const weights = candidates.map(({ name }) => blend.find((part) => part.name === name)?.share ?? 0)
    weights.forEach((weight, c) => (shares[c]! += weight))
    judgedOrigins++
    judgeOrigin(judged, weights, (target, value, actual, i) => {
      const [lower, upper] = offsetsAt(intervals, view.calendar, judged.origin, target)
      const off = actual - clip(value)
      sums.judged++
      sums.error += Math.abs(off)
      sums.square += off * off
      if (actual >= clip(value + lower) && actual <= clip(value + upper)) sums.inside++
      const dayOff = actual - judged.predicted[day]![i]!
      const weekOff = actual - judged.predicted[week]![i]!
      sums.day += Math.abs(dayOff)
      sums.daySquare += dayOff * dayOff
      const lead = byLead.find(({ upToHours }) => target - judged.origin < upToHours)!
      lead.error += Math.abs(off)
      lead.naive += Math.abs(dayOff)
      sums.week += Math.abs(Number.isNaN(weekOff) ? dayOff : weekOff)
      judged.predicted.forEach((said, c) => {
        if (Number.isNaN(said[i]!)) return
        byCandidate[c]!.error += Math.abs(said[i]! - actual)
        byCandidate[c]!.count++
      })
    })
  }
  return {
    origins: judgedOrigins,
    meanAbsoluteError: sums.error / sums.judged,
    naiveDayError: sums.day / sums.judged,
    naiveWeekError: sums.week / sums.judged,
    rootMeanSquareError: Math.sqrt(sums.square / sums.judged),
    naiveDayRootMeanSquare: Math.sqrt(sums.daySquare / sums.judged),
    coverage: sums.inside / sums.judged,
    byLead,
    candidateErrors: byCandidate.map(({ error, count }) => error / count),
    shares: shares.map((share) => share / judgedOrigins),
  }
}

function judgeOrigin(
  { targets, actual, predicted }: BacktestOrigin,
  weights: readonly number[],
  judge: (target: number, value: number, actual: number, index: number) => void,
): void {
  targets.forEach((target, i) => {
    const value = blended(weights, predicted, i)
    if (!Number.isNaN(value) && !Number.isNaN(predicted[0]![i]!)) judge(target, value, actual[i]!, i)
  })
}
