import { backtest, type BacktestOrigin, backtestTasks } from '@/lib/insights/forecast/backtest'
import { blended } from '@/lib/insights/forecast/blend'
import type { Candidate, ForecastTask, SeriesView } from '@/lib/insights/forecast/candidate'
import { offsetsAt } from '@/lib/insights/forecast/backtest-summary'
import type { IntervalModel } from '@/lib/insights/forecast/conformal'
import { choiceOf, partsOf, signBounds, viewOf } from '@/lib/insights/forecast/forecast'
import { NAIVE_DAY, NAIVE_WEEK } from '@/lib/insights/forecast/profile-candidates'
import type { WeatherView } from '@/lib/insights/forecast/weather'
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
  coverage: number
  /** Compared with each candidate alone, on the hours that it answered. */
  against: Comparison[]
  /** Mean share in the blends. */
  shares: number[]
}

export interface ScoreOptions {
  /** Judges only what comes after this share of the series. */
  fromShare?: number
  everyOrigin?: number
  weather?: WeatherView
}

/** Errors of the forecast and of something else on the same hours. */
export interface ErrorPair {
  hours: number
  error: number
  otherError: number
  square: number
  otherSquare: number
}

export interface Comparison {
  name: string
  all: ErrorPair
  byLead: { upToHours: number; pair: ErrorPair }[]
}

const noErrors = (): ErrorPair => ({ hours: 0, error: 0, otherError: 0, square: 0, otherSquare: 0 })

function addErrors(pair: ErrorPair, off: number, otherOff: number): void {
  pair.hours++
  pair.error += Math.abs(off)
  pair.otherError += Math.abs(otherOff)
  pair.square += off * off
  pair.otherSquare += otherOff * otherOff
}

/** Forecasts a day ahead from moments 25 hours apart, each time choosing blend and intervals from what was known then. */
export async function scoreSeries(
  { series, timeZone }: MeasuredSeries,
  candidates: readonly Candidate[],
  { fromShare = 0, everyOrigin = 1, weather }: ScoreOptions = {},
): Promise<SeriesScore> {
  const view = viewOf(series, HORIZON_HOURS, timeZone, weather)
  const end = series.values.length
  const plan = { end, horizonSteps: HORIZON_HOURS, mostOrigins: 10_000, mostTargets: HORIZON_HOURS }
  const tasks = backtestTasks(view, plan).filter(({ origin }) => origin >= end * fromShare - KNOWN_ORIGINS * 25)
  const origins = await triedOut(view, candidates, tasks)
  const [day, week] = [candidates.indexOf(NAIVE_DAY), candidates.indexOf(NAIVE_WEEK)]
  const sums = { error: 0, day: 0, week: 0, inside: 0, judged: 0 }
  const against = candidates.map(({ name }) => ({
    name,
    all: noErrors(),
    byLead: LEADS_HOURS.map((upToHours) => ({ upToHours, pair: noErrors() })),
  }))
  const shares = candidates.map(() => 0)
  const bounds = signBounds(series.values)
  const clip = (value: number) => Math.min(bounds.most, Math.max(bounds.least, value))
  let judgedOrigins = 0
  for (let index = 0; index < origins.length; index += everyOrigin) {
    const judged = origins[index]!
    const known = origins.slice(Math.max(0, index - KNOWN_ORIGINS - 1), index).filter((past) => past.origin + HORIZON_HOURS <= judged.origin)
    if (judged.origin < end * fromShare || known.length < FEWEST_ORIGINS) continue
    const choice = choiceOf(known, candidates, view.calendar)
    choice.blend.forEach(({ name, share }) => (shares[candidates.findIndex((other) => other.name === name)]! += share))
    judgedOrigins++
    judgeOrigin(judged, partsOf(choice, candidates, judged.predicted), (target, value, actual, i, intervals) => {
      const [lower, upper] = offsetsAt(intervals, view.calendar, judged.origin, target)
      const off = actual - clip(value)
      sums.judged++
      sums.error += Math.abs(off)
      if (actual >= clip(value + lower) && actual <= clip(value + upper)) sums.inside++
      const dayOff = actual - judged.predicted[day]![i]!
      const weekOff = actual - judged.predicted[week]![i]!
      sums.day += Math.abs(dayOff)
      sums.week += Math.abs(Number.isNaN(weekOff) ? dayOff : weekOff)
      judged.predicted.forEach((said, c) => {
        if (Number.isNaN(said[i]!)) return
        const { all, byLead } = against[c]!
        addErrors(all, off, actual - said[i]!)
        addErrors(byLead.find(({ upToHours }) => target - judged.origin < upToHours)!.pair, off, actual - said[i]!)
      })
    })
  }
  return {
    origins: judgedOrigins,
    meanAbsoluteError: sums.error / sums.judged,
    naiveDayError: sums.day / sums.judged,
    naiveWeekError: sums.week / sums.judged,
    coverage: sums.inside / sums.judged,
    against,
    shares: shares.map((share) => share / judgedOrigins),
  }
}

const triedWithoutWeather = new WeakMap<Float64Array, BacktestOrigin[]>()

/** A backtest; candidates that need no weather are asked once for a series, whatever the weather. */
async function triedOut(view: SeriesView, candidates: readonly Candidate[], tasks: readonly ForecastTask[]): Promise<BacktestOrigin[]> {
  const without = candidates.filter(({ needsWeather }) => !needsWeather)
  const following = candidates.filter(({ needsWeather }) => needsWeather)
  const plain = triedWithoutWeather.get(view.values) ?? (await backtest(view, without, tasks))
  triedWithoutWeather.set(view.values, plain)
  const informed = await backtest(view, following, tasks)
  return plain.map((origin, index) => ({
    ...origin,
    predicted: candidates.map((candidate) =>
      candidate.needsWeather
        ? informed[index]!.predicted[following.indexOf(candidate)]!
        : origin.predicted[without.indexOf(candidate)]!,
    ),
  }))
}

function judgeOrigin(
  { targets, actual, predicted }: BacktestOrigin,
  partAt: ReturnType<typeof partsOf>,
  judge: (target: number, value: number, actual: number, index: number, intervals: IntervalModel) => void,
): void {
  targets.forEach((target, i) => {
    const { blend, intervals } = partAt(i)
    const value = blended(blend, predicted, i)
    if (!Number.isNaN(value) && !Number.isNaN(predicted[0]![i]!)) judge(target, value, actual[i]!, i, intervals)
  })
}
