import { backtest, type BacktestOptions, type BacktestOrigin, type BacktestProgress, backtestTasks } from './backtest'
import { type BacktestSummary, offsetsAt, summarise } from './backtest-summary'
import { type Blend, blended, chooseBlend, sharesOf } from './blend'
import type { Candidate, ForecastTask, SeriesView } from './candidate'
import { fitIntervals, type IntervalModel, type JudgedOrigin } from './conformal'
import { type RegularSeries, SeriesError } from './regular-series'
import { SlotCalendar } from './slot-calendar'
import { stillValues } from './still-hours'
import { type HistoryNote, historyNotes } from './history-notes'
import { type BlockErrors, blockErrors } from './sum-interval'
import type { WeatherView } from './weather'

const MOST_ORIGINS = 60
const MOST_TARGETS = 96
const FEWEST_KNOWN_DAYS = 2
const FEWEST_ORIGINS = 3
/** How errors are found that the mix has not been chosen on: in parts, each by a mix of the others. */
const FOLDS = 4
const FEWEST_ORIGINS_TO_FOLD = 8
/** The weather is followed when that many moments of the past know it, and the error there is smaller by this share. */
const FEWEST_ORIGINS_WITH_WEATHER = 14
const LEAST_WEATHER_GAIN = 0.01
/** A candidate knows the weather of a moment when it answers for this share of its steps. */
const WEATHER_KNOWN = 0.9

/** How a series is forecast, chosen by backtest on itself. JSON, and good until the series has grown by some days. */
export interface ForecastChoice {
  /** Candidates by share, largest first; shares sum to 1, and may be below 0 where the mix moves away from one. */
  blend: { name: string; share: number }[]
  /** How they are mixed, see Blend. */
  mix: { name: string; weight: number; correction: number }[]
  offset: number
  intervals: IntervalModel
  backtest: BacktestSummary
  /** For the intervals of sums, see `meanInterval`. */
  errors: BlockErrors
  /** Where the choice follows the weather: how steps are forecast whose weather is not known. */
  withoutWeather?: ForecastChoice
}

export interface ForecastPoint {
  /** Unix seconds: the step begins here. */
  startSeconds: number
  value: number
  lower95: number
  upper95: number
}

export interface ForecastOptions {
  horizonSteps: number
  /** IANA name of the clock that people there live by. */
  timeZone: string
  candidates: readonly Candidate[]
  mostOrigins?: number
  /** Aligned with the series, and reaching as far as the horizon. */
  weather?: WeatherView
  /** Hears how much of the backtest is done, 0..1; what it throws ends it. */
  progress?: BacktestProgress
}

/** A series and its calendar as far as a forecast reaches. */
export function viewOf(series: RegularSeries, horizonSteps: number, timeZone: string, weather?: WeatherView): SeriesView {
  const { startSeconds, stepSeconds, values } = series
  return { values, calendar: new SlotCalendar(startSeconds, stepSeconds, values.length + horizonSteps, timeZone), weather }
}

/** @throws SeriesError where there is too little to learn from */
export function requireHistory({ values, stepSeconds }: RegularSeries): void {
  const known = values.reduce((count, value) => count + Number(!Number.isNaN(value)), 0)
  const days = (known * stepSeconds) / 86_400
  if (days < FEWEST_KNOWN_DAYS) {
    throw new SeriesError(
      `There is not enough history: ${days.toFixed(1)} days are known, at least ${FEWEST_KNOWN_DAYS} are needed to forecast ` +
        'and to say how sure it is.',
    )
  }
}

/** Chooses by rolling-origin backtest how a series is forecast. @throws SeriesError where there is too little history */
export async function chooseForecast(series: RegularSeries, options: ForecastOptions): Promise<ForecastChoice> {
  requireHistory(series)
  const { horizonSteps, weather } = options
  const candidates = options.candidates.filter(({ needsWeather }) => weather || !needsWeather)
  const view = viewOf(series, horizonSteps, options.timeZone, weather)
  const plan: BacktestOptions = {
    end: series.values.length,
    horizonSteps,
    mostOrigins: options.mostOrigins ?? MOST_ORIGINS,
    mostTargets: MOST_TARGETS,
  }
  const origins = await backtest(view, candidates, backtestTasks(view, plan), options.progress)
  if (origins.length < FEWEST_ORIGINS) {
    throw new SeriesError('There is not enough history without gaps to try a forecast on the past and say how sure it is.')
  }
  return choiceOf(origins, candidates, view.calendar)
}

/**
 * The choice that a backtest's origins make. It follows the weather where enough of them know it and where that made forecasts better
 * on moments that the mix was not chosen on.
 */
export function choiceOf(
  origins: readonly BacktestOrigin[],
  candidates: readonly Candidate[],
  calendar: SlotCalendar,
): ForecastChoice {
  const plain = (origin: BacktestOrigin) => ({ ...origin, predicted: origin.predicted.filter((_, c) => !candidates[c]!.needsWeather) })
  const without = chosenFrom(origins.map(plain), candidates.filter(({ needsWeather }) => !needsWeather), calendar)
  const informed = origins.flatMap((origin, index) => (knowsWeather(origin, candidates) ? [index] : []))
  if (informed.length < FEWEST_ORIGINS_WITH_WEATHER) return without.choice
  const known = informed.map((index) => origins[index]!)
  const following = chosenFrom(known, candidates, calendar)
  const before = meanAbsoluteError(informed.map((index) => without.judged[index]!))
  const gain = before - meanAbsoluteError(following.judged)
  return gain > LEAST_WEATHER_GAIN * before ? { ...following.choice, withoutWeather: without.choice } : without.choice
}

function knowsWeather({ targets, predicted }: BacktestOrigin, candidates: readonly Candidate[]): boolean {
  return candidates.some(({ needsWeather }, c) => {
    const answered = predicted[c]!.reduce((count, value) => count + Number(!Number.isNaN(value)), 0)
    return needsWeather && answered >= WEATHER_KNOWN * targets.length
  })
}

function meanAbsoluteError(judged: readonly JudgedOrigin[]): number {
  const errors = judged.flatMap(({ actual, said }) => [...actual].map((value, i) => Math.abs(value - said[i]!)))
  const known = errors.filter((error) => !Number.isNaN(error))
  return known.reduce((sum, error) => sum + error, 0) / known.length
}

function chosenFrom(
  origins: readonly BacktestOrigin[],
  candidates: readonly Candidate[],
  calendar: SlotCalendar,
): { choice: ForecastChoice; judged: JudgedOrigin[] } {
  const trust = candidates.map((candidate) => candidate.trust ?? 0)
  const blend = chooseBlend(origins, candidates.length, trust)
  const shares = sharesOf(blend)
  const judged = judgeFolds(origins, candidates.length, trust)
  const choice = {
    blend: candidates
      .map(({ name }, c) => ({ name, share: shares[c]! }))
      .filter(({ share }) => share !== 0)
      .sort((a, b) => b.share - a.share),
    mix: candidates
      .map(({ name }, c) => ({ name, weight: blend.weights[c]!, correction: blend.corrections[c]! }))
      .filter(({ weight, correction }) => weight !== 0 || correction !== 0),
    offset: blend.offset,
    intervals: fitIntervals(judged, calendar),
    backtest: summarise(origins, judged, candidates, calendar),
    errors: blockErrors(judged, calendar.stepSeconds),
  }
  return { choice, judged }
}

/** What each origin is forecast to be by a mix that was chosen on others: its errors are as large as those to come. */
function judgeFolds(origins: readonly BacktestOrigin[], candidates: number, trust: readonly number[]): JudgedOrigin[] {
  const foldOf = (index: number) => Math.floor((index * FOLDS) / origins.length)
  const blends = Array.from({ length: FOLDS }, (_, fold) => {
    const others = origins.length < FEWEST_ORIGINS_TO_FOLD ? origins : origins.filter((__, index) => foldOf(index) !== fold)
    return chooseBlend(others, candidates, trust)
  })
  return origins.map(({ origin, targets, actual, predicted }, index) => {
    const blend = blends[foldOf(index)]!
    return { origin, targets, actual, said: Float64Array.from(targets, (_, i) => blended(blend, predicted, i)) }
  })
}

/** The mix of a choice, by candidate. */
export function blendOf({ mix, offset }: ForecastChoice, candidates: readonly Candidate[]): Blend {
  const parts = candidates.map(({ name }) => mix.find((part) => part.name === name))
  return { weights: parts.map((part) => part?.weight ?? 0), corrections: parts.map((part) => part?.correction ?? 0), offset }
}

/** The forecast of a series by a choice. What was never negative (or positive) is not forecast to be. */
export async function applyChoice(series: RegularSeries, choice: ForecastChoice, options: ForecastOptions): Promise<ForecastPoint[]> {
  const { horizonSteps, timeZone, weather } = options
  const view = viewOf(series, horizonSteps, timeZone, weather)
  const origin = series.values.length
  const names = namesIn(choice)
  const used = options.candidates.filter(({ name }) => names.has(name))
  const targets = Int32Array.from({ length: horizonSteps }, (_, step) => origin + step)
  const said: Float64Array[] = []
  for (const candidate of used) said.push((await candidate.forecast(view, [{ origin, targets }]))[0]!)
  return pointsOf(view, choice, used, said, { origin, targets })
}

/** The candidates that a choice asks. */
export const namesIn = ({ mix, withoutWeather }: ForecastChoice): Set<string> =>
  new Set([...mix, ...(withoutWeather?.mix ?? [])].map(({ name }) => name))

/**
 * What a choice makes of what candidates said of a task's steps. Of values it sees only those before the origin.
 * @param said by candidate, aligned with the targets
 */
export function pointsOf(
  view: SeriesView,
  choice: ForecastChoice,
  candidates: readonly Candidate[],
  said: readonly Float64Array[],
  { origin, targets }: ForecastTask,
): ForecastPoint[] {
  const { calendar } = view
  const known = view.values.subarray(0, origin)
  const partAt = partsOf(choice, candidates, said)
  const bounds = signBounds(known)
  const clip = (value: number) => Math.min(bounds.most, Math.max(bounds.least, value))
  let previous = lastKnown(known)
  return [...targets].map((target, step) => {
    const { blend, intervals } = partAt(step)
    const mixed = blended(blend, said, step)
    const value = clip(Number.isNaN(mixed) ? previous : mixed)
    previous = value
    const startSeconds = calendar.startSeconds + target * calendar.stepSeconds
    const still = stillValues(view, origin, target)
    if (still) return { startSeconds, ...still }
    const [lower, upper] = offsetsAt(intervals, calendar, origin, target)
    return {
      startSeconds,
      value,
      lower95: clip(value + lower),
      upper95: clip(value + upper),
    }
  })
}

/** By which mix and band a step is forecast: by those that follow the weather where all that they follow is known. */
export function partsOf(choice: ForecastChoice, candidates: readonly Candidate[], said: readonly Float64Array[]) {
  const following = { blend: blendOf(choice, candidates), intervals: choice.intervals }
  const { withoutWeather } = choice
  if (!withoutWeather) return () => following
  const otherwise = { blend: blendOf(withoutWeather, candidates), intervals: withoutWeather.intervals }
  const { weights, corrections } = following.blend
  const followed = candidates.flatMap(({ needsWeather }, c) => (needsWeather && (weights[c] || corrections[c]) ? [said[c]!] : []))
  return (step: number) => (followed.some((values) => Number.isNaN(values[step]!)) ? otherwise : following)
}

export function signBounds(values: Float64Array): { least: number; most: number } {
  let least = Infinity
  let most = -Infinity
  for (const value of values) {
    if (value < least) least = value
    if (value > most) most = value
  }
  return { least: least >= 0 ? 0 : -Infinity, most: most <= 0 ? 0 : Infinity }
}

function lastKnown(values: Float64Array): number {
  for (let at = values.length - 1; at >= 0; at--) if (!Number.isNaN(values[at]!)) return values[at]!
  return Number.NaN
}

export interface Forecast {
  points: ForecastPoint[]
  choice: ForecastChoice
  /** What a reader should know of the history. */
  notes: HistoryNote[]
}

/** Chooses and applies. @throws SeriesError where there is too little history */
export async function forecastSeries(series: RegularSeries, options: ForecastOptions): Promise<Forecast> {
  const choice = await chooseForecast(series, options)
  return { points: await applyChoice(series, choice, options), choice, notes: historyNotes(series) }
}
