import { type Candidate, type SeriesView, stepwise } from './candidate'
import { weightedMean, weightedQuantile } from './weighted-quantile'

const MOST_DAYS_BACK = 84
const FEWEST_SAMPLES = 3

export interface ProfileOptions {
  /** After how many days a value counts half as much. */
  halfLifeDays: number
  /** Of which days values are taken: those of the same kind (working day or rest), of the same weekday, or all. */
  days: 'kind' | 'weekday' | 'all'
  statistic: 'mean' | 'median'
  mostDaysBack?: number
}

/** What is usual at a target's time of day, from the values before the origin: a recency-weighted mean or median. */
export function usualValue(view: SeriesView, origin: number, target: number, options: ProfileOptions): number {
  const samples = collect(view, origin, target, options, options.days)
  const { values, weights } =
    samples.own >= FEWEST_SAMPLES || options.days === 'all' ? samples : collect(view, origin, target, options, 'all')
  if (values.length === 0) return Number.NaN
  return options.statistic === 'mean' ? weightedMean(values, weights) : weightedQuantile(values, weights, 0.5)
}

function collect(view: SeriesView, origin: number, target: number, options: ProfileOptions, days: ProfileOptions['days']) {
  const { values: all, calendar } = view
  const day = calendar.day[target]!
  const slot = calendar.slot[target]!
  const values: number[] = []
  const weights: number[] = []
  let own = 0
  // Steps beside it say something too, the more the finer the steps are.
  const around = calendar.stepSeconds >= 3600 ? 1 : Math.min(3, Math.round(900 / calendar.stepSeconds))
  const mostBack = options.mostDaysBack ?? MOST_DAYS_BACK
  for (let back = 0; back <= mostBack && back <= day; back++) {
    const base = calendar.stepAt(day - back, slot)
    if (base < 0 || base >= origin) continue
    if (days === 'kind' && calendar.isRest[base] !== calendar.isRest[target]) continue
    if (days === 'weekday' && calendar.weekday[base] !== calendar.weekday[target]) continue
    const weight = 0.5 ** (back / options.halfLifeDays)
    for (let beside = -around; beside <= around; beside++) {
      const step = base + beside
      const value = step >= 0 && step < origin ? all[step]! : Number.NaN
      if (Number.isNaN(value)) continue
      if (beside === 0) own++
      values.push(value)
      weights.push(beside === 0 ? weight : weight * (calendar.stepSeconds >= 3600 ? 0.15 : 0.5))
    }
  }
  return { values, weights, own }
}

export const PROFILE_MEAN: ProfileOptions = { halfLifeDays: 14, days: 'kind', statistic: 'mean' }
export const PROFILE_MEDIAN: ProfileOptions = { halfLifeDays: 14, days: 'kind', statistic: 'median' }

const profile = (name: string, options: ProfileOptions): Candidate =>
  stepwise(name, (view, origin, target) => usualValue(view, origin, target, options))

/** The newest value before the origin at a target's time of day, `everyDays` apart. */
function sameTimeBefore({ values, calendar }: SeriesView, origin: number, target: number, everyDays: number): number {
  for (let back = everyDays; back <= calendar.day[target]! && back <= 35; back += everyDays) {
    const step = calendar.stepAt(calendar.day[target]! - back, calendar.slot[target]!)
    if (step >= 0 && step < origin && !Number.isNaN(values[step]!)) return values[step]!
  }
  return Number.NaN
}

/** How far the last `hours` were above what is usual at their times; NaN where they are not known. */
function recentExcess(view: SeriesView, origin: number, hours: number, memory: Map<string, number>): number {
  const key = `excess ${hours}`
  const known = memory.get(key)
  if (known !== undefined) return known
  const steps = Math.max(1, Math.round((hours * 3600) / view.calendar.stepSeconds))
  const stride = Math.max(1, Math.floor(steps / 24))
  let sum = 0
  let count = 0
  for (let step = origin - 1; step >= Math.max(0, origin - steps); step -= stride) {
    const usual = usualValue(view, step, step, PROFILE_MEAN)
    const excess = view.values[step]! - usual
    if (Number.isNaN(excess)) continue
    sum += excess
    count++
  }
  const excess = count === 0 ? Number.NaN : sum / count
  memory.set(key, excess)
  return excess
}

/** What is usual, moved by how unusual the last hours were; the move halves every `halfLifeHours`. */
const moved = (name: string, hours: number, halfLifeHours: number): Candidate =>
  stepwise(name, (view, origin, target, memory) => {
    const excess = recentExcess(view, origin, hours, memory)
    const ahead = ((target - origin + 0.5) * view.calendar.stepSeconds) / 3600
    return usualValue(view, origin, target, PROFILE_MEAN) + excess * 0.5 ** (ahead / halfLifeHours)
  })

/** The median of the last three days around a target's time of day. */
const LAST_THREE_DAYS = stepwise('median of three days', ({ values, calendar }, origin, target) => {
  const seen: number[] = []
  const [day, slot] = [calendar.day[target]!, calendar.slot[target]!]
  const isKnown = (step: number) => step >= 0 && step < origin
  let back = 1
  while (back <= day && !isKnown(calendar.stepAt(day - back, slot))) back++
  for (const last = back + 2; back <= Math.min(last, day); back++) {
    const step = calendar.stepAt(day - back, slot)
    for (let beside = -1; beside <= 1; beside++) {
      const value = isKnown(step + beside) ? values[step + beside]! : Number.NaN
      if (!Number.isNaN(value)) seen.push(value)
    }
  }
  return weightedQuantile(seen, seen.map(() => 1), 0.5)
})

const MOST_SCALING = 3

/** What is usual, times how the last day's sum was to its usual one: heating and generation change by a factor. */
const SCALED = stepwise('profile scaled by the last day', (view, origin, target, memory) => {
  const { values, calendar } = view
  let factor = memory.get('factor')
  if (factor === undefined) {
    const stride = Math.max(1, Math.floor(calendar.slotsPerDay / 24))
    let [sum, usualSum] = [0, 0]
    for (let step = origin - 1; step >= Math.max(0, origin - calendar.slotsPerDay); step -= stride) {
      const usual = usualValue(view, step, step, PROFILE_MEDIAN)
      if (Number.isNaN(values[step]! + usual)) continue
      sum += values[step]!
      usualSum += usual
    }
    factor = sum > 0 && usualSum > 0 ? Math.min(MOST_SCALING, Math.max(1 / MOST_SCALING, sum / usualSum)) : 1
    memory.set('factor', factor)
  }
  return factor * usualValue(view, origin, target, PROFILE_MEDIAN)
})

export const NAIVE_DAY = stepwise('seasonal naive (day)', (view, origin, target) => sameTimeBefore(view, origin, target, 1))
export const NAIVE_WEEK = stepwise('seasonal naive (week)', (view, origin, target) => sameTimeBefore(view, origin, target, 7))

export const PERSISTENCE = stepwise('last value', ({ values, calendar }, origin) => {
  const oldest = Math.max(0, origin - Math.round(21_600 / calendar.stepSeconds))
  for (let step = origin - 1; step >= oldest; step--) if (!Number.isNaN(values[step]!)) return values[step]!
  return Number.NaN
})

/** The mean of the last day, whatever the time of day: for what knows no day. */
const LEVEL = stepwise('level of the last day', ({ values, calendar }, origin, _target, memory) => {
  const known = memory.get('level')
  if (known !== undefined) return known
  const recent = [...values.subarray(Math.max(0, origin - calendar.slotsPerDay), origin)].filter((value) => !Number.isNaN(value))
  const level = weightedQuantile(recent, recent.map(() => 1), 0.5)
  memory.set('level', level)
  return level
})

const PROFILE = profile('profile (median)', PROFILE_MEDIAN)
const RECENT_DAYS = profile('profile (recent days)', { halfLifeDays: 3, days: 'all', statistic: 'mean', mostDaysBack: 14 })

/** Few and quick, for whoever waits for an answer. */
export const QUICK_CANDIDATES: readonly Candidate[] = [NAIVE_DAY, NAIVE_WEEK, PROFILE, RECENT_DAYS]

/** Those that need nothing but arithmetic. */
export const PROFILE_CANDIDATES: readonly Candidate[] = [
  NAIVE_DAY,
  NAIVE_WEEK,
  PROFILE,
  profile('profile (mean)', PROFILE_MEAN),
  profile('profile (long median)', { halfLifeDays: 60, days: 'kind', statistic: 'median' }),
  profile('profile (weekday)', { halfLifeDays: 28, days: 'weekday', statistic: 'mean' }),
  RECENT_DAYS,
  moved('profile moved by the last day', 24, 48),
  moved('profile moved by the last hours', 2, 3),
  LAST_THREE_DAYS,
  SCALED,
  PERSISTENCE,
  LEVEL,
]
