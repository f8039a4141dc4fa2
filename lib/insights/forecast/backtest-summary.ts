import type { BacktestOrigin } from './backtest'
import type { Candidate } from './candidate'
import { fitIntervals, type IntervalModel, intervalOffsets, type JudgedOrigin } from './conformal'
import { NAIVE_DAY } from './profile-candidates'
import type { SlotCalendar } from './slot-calendar'

export interface BacktestSummary {
  /** Moments of the past from which a forecast was made and compared with what came. */
  origins: number
  meanAbsoluteError: number
  /** Of repeating the day before. */
  naiveDayError: number
  /** Share of values inside the 95 % interval, judged by intervals from earlier origins; null of too few. */
  coverage: number | null
}

export function summarise(
  origins: readonly BacktestOrigin[],
  judgedOrigins: readonly JudgedOrigin[],
  candidates: readonly Candidate[],
  calendar: SlotCalendar,
): BacktestSummary {
  const naive = candidates.indexOf(NAIVE_DAY)
  const half = Math.floor(origins.length / 2)
  // The second half is judged by intervals of the first: what was known then.
  const earlier = half >= 5 ? fitIntervals(judgedOrigins.slice(0, half), calendar) : null
  let [error, naiveError, compared, inside, judged] = [0, 0, 0, 0, 0]
  judgedOrigins.forEach(({ origin, targets, actual, said }, index) => {
    for (let i = 0; i < targets.length; i++) {
      const off = actual[i]! - said[i]!
      const naiveOff = naive < 0 ? Number.NaN : actual[i]! - origins[index]!.predicted[naive]![i]!
      if (!Number.isNaN(off) && !Number.isNaN(naiveOff)) {
        error += Math.abs(off)
        naiveError += Math.abs(naiveOff)
        compared++
      }
      if (!earlier || index < half || Number.isNaN(off)) continue
      const [lower, upper] = offsetsAt(earlier, calendar, origin, targets[i]!)
      judged++
      if (off >= lower && off <= upper) inside++
    }
  })
  return {
    origins: origins.length,
    meanAbsoluteError: error / compared,
    naiveDayError: naiveError / compared,
    coverage: judged > 0 ? inside / judged : null,
  }
}

/** Distances from the forecast of a step to the ends of its interval. */
export function offsetsAt(model: IntervalModel, calendar: SlotCalendar, origin: number, target: number): [number, number] {
  const hour = Math.floor((calendar.slot[target]! * calendar.stepSeconds) / 3600)
  return intervalOffsets(model, hour, ((target - origin + 1) * calendar.stepSeconds) / 3600)
}
