import { setImmediate } from 'node:timers/promises'
import type { Candidate, ForecastTask } from './candidate'
import { sunPosition } from './clear-sky'
import { dot, leastAbsoluteFit, type WeightedExample } from './least-absolute'
import { underClearSky } from './solar-candidates'
import { type ClearSkyShares, LEAST_IRRADIANCE } from './solar-features'
import { leadDaysOf, type WeatherView } from './weather'

/** As the network's: of those two the one that does better at the plant is begun with. */
const RELATION_TRUST = 16
const HISTORY_HOURS = 90 * 24
const HALF_LIFE_HOURS = 45 * 24
/** Hours of daylight whose weather and generation are known: about a week. */
const FEWEST_EXAMPLES = 60
const PENALTY = 2
/** A forecast of clouds is seldom right to the hour: what is said of so many hours before and after counts too. */
const AROUND_HOURS = [1, 3]
const MOST_CLEARNESS = 1.6
/** At this temperature a panel is rated. Hotter, it generates about 0.4 % less per kelvin, which the regression finds itself. */
const RATED_CELSIUS = 25
/** How long the last hours' errors last: from how many hours ahead that is learned, and their fading. */
const ERROR_AHEAD_HOURS = [1, 2, 3, 5, 8, 12, 17, 23]
const ERROR_FADES_HOURS = 4
const ERROR_PENALTY = 10
const LAST_HOURS = 3
const LAST_DAY_HOURS = 10

/** What was said of a step: W/m2 and °C, NaN where nothing was. */
type Said = (rows: readonly Float64Array[], step: number) => number

/**
 * The plant's share of the clear sky from the forecast of the irradiance (and of the temperature, where that is known): a regression
 * on the plant's own past, by how many days before it was said, so that what is less sure is followed less. What the regression
 * missed in the last hours goes on for a while. Says nothing of steps whose irradiance was not forecast.
 * @param rounds of reweighting towards least absolute errors; 1: least squares
 */
const fromIrradiance = (name: string, rounds: number): Candidate =>
  underClearSky({ name, trust: RELATION_TRUST, needsWeather: true }, async (shares, tasks, { weather }) => {
    const said: number[][] = []
    for (const task of tasks) {
      said.push(weather ? forecastTask(shares, weather, task, rounds) : [...task.targets].map(() => Number.NaN))
      await setImmediate()
    }
    return said
  })

/** What most likely comes, and what comes in the mean: under a half-clouded sky they differ. */
export const FROM_IRRADIANCE: readonly Candidate[] = [
  fromIrradiance('forecast irradiance (median)', 6),
  fromIrradiance('forecast irradiance (mean)', 1),
]

function forecastTask(shares: ClearSkyShares, weather: WeatherView, { origin, targets }: ForecastTask, rounds: number): number[] {
  const reference = shares.reference(origin)
  if (!(reference > 0)) return [...targets].map(() => Number.NaN)
  const models = new Map<number, Relation | null>()
  return [...targets].map((target) => {
    const leadDays = leadDaysOf(origin, target, 3600)
    if (leadDays === null) return Number.NaN
    if (!models.has(leadDays)) models.set(leadDays, relation(shares, weather, { origin, leadDays, reference, rounds }))
    const model = models.get(leadDays)
    const columns = model && columnsOf(shares, weather, target, (rows, step) => {
      const days = leadDaysOf(origin, step, 3600)
      return days === null ? Number.NaN : (rows[Math.max(days, leadDays) - 1]?.[step] ?? Number.NaN)
    })
    if (!model || !columns) return Number.NaN
    return Math.max(0, dot(model.coefficients, columns) + model.goesOn(target)) * reference * shares.irradiance[target]!
  })
}

interface Relation {
  coefficients: Float64Array
  /** What is left of the last hours' error at a step. */
  goesOn(target: number): number
}

interface Fit {
  origin: number
  leadDays: number
  reference: number
  rounds: number
}

function relation(shares: ClearSkyShares, weather: WeatherView, { origin, leadDays, reference, rounds }: Fit): Relation | null {
  const steps: number[] = []
  const examples: WeightedExample[] = []
  const columnsAt = pastColumns(shares, weather, leadDays)
  for (let step = Math.max(0, origin - HISTORY_HOURS); step < origin; step++) {
    const answer = shares.share(step, reference)
    if (Number.isNaN(answer)) continue
    const columns = columnsAt(step)
    if (!columns) continue
    steps.push(step)
    const energy = shares.irradiance[step]! / 1000
    examples.push({ columns, answer, weight: energy * 0.5 ** ((origin - step) / HALF_LIFE_HOURS) })
  }
  if (examples.length < FEWEST_EXAMPLES) return null
  const coefficients = leastAbsoluteFit(examples, (column) => (column < 2 ? 1e-3 : PENALTY), { rounds })
  const errors = examples.map(({ columns, answer }) => answer - dot(coefficients, columns))
  return { coefficients, goesOn: lastingError(steps, errors, origin) }
}

const knownColumns = new WeakMap<WeatherView, { shares: ClearSkyShares; byLead: Map<number, (Float64Array | null)[]> }>()

/** The columns of steps that are over by what was said so many days before: made once, for they are the same for all origins. */
function pastColumns(shares: ClearSkyShares, weather: WeatherView, leadDays: number) {
  let known = knownColumns.get(weather)
  if (known?.shares !== shares) {
    known = { shares, byLead: new Map() }
    knownColumns.set(weather, known)
  }
  const made = known.byLead.get(leadDays) ?? []
  known.byLead.set(leadDays, made)
  const said: Said = (rows, step) => rows[leadDays - 1]?.[step] ?? Number.NaN
  return (step: number) => (made[step] === undefined ? (made[step] = columnsOf(shares, weather, step, said)) : made[step])
}

/** Constant, clearness as forecast and around, its bend, how the sun stands, the temperature; null where none was forecast. */
function columnsOf({ irradiance, place, view }: ClearSkyShares, weather: WeatherView, step: number, said: Said): Float64Array | null {
  const rows = weather.irradianceWattsPerSquareMetre
  const clear = irradiance[step]!
  const forecast = said(rows, step)
  if (Number.isNaN(forecast)) return null
  const bounded = (value: number) => Math.max(0, Math.min(MOST_CLEARNESS, value))
  const clearness = bounded(forecast / Math.max(clear, LEAST_IRRADIANCE))
  const around = AROUND_HOURS.map((hours) => {
    let [sum, total] = [0, 0]
    for (let beside = step - hours; beside <= step + hours; beside++) {
      const other = said(rows, beside)
      if (Number.isNaN(other) || !(irradiance[beside]! >= LEAST_IRRADIANCE)) continue
      sum += other
      total += irradiance[beside]!
    }
    return total > 0 ? bounded(sum / total) : clearness
  })
  const { hourAngleDegrees, sinElevation } = sunPosition(place, view.calendar.startSeconds + step * 3600 + 1800)
  const hour = hourAngleDegrees / 90
  const celsius = said(weather.temperatureCelsius, step)
  const warmth = Number.isNaN(celsius) ? 0 : (celsius - RATED_CELSIUS) / 20
  return Float64Array.of(
    1,
    clearness,
    clearness ** 2,
    ...around,
    around[0]! ** 2,
    hour,
    hour ** 2,
    clearness * hour,
    clearness * hour ** 2,
    sinElevation,
    clearness * sinElevation,
    warmth,
    clearness * warmth,
  )
}

/** How much of the last hours' and the last day's error is left so many hours later, as on the days before. */
function lastingError(steps: readonly number[], errors: readonly number[], origin: number): Relation['goesOn'] {
  const sums = [0]
  for (const error of errors) sums.push(sums.at(-1)! + error)
  const mean = (end: number, count: number) => {
    const from = Math.max(0, end - count)
    return end > from ? (sums[end]! - sums[from]!) / (end - from) : 0
  }
  /** @param known how many of the errors were known then */
  const columns = (known: number, target: number) => {
    const last = mean(known, LAST_HOURS)
    return Float64Array.of(last * Math.exp(-(target - steps[known - 1]!) / ERROR_FADES_HOURS), last, mean(known, LAST_DAY_HOURS))
  }
  const examples: WeightedExample[] = []
  steps.forEach((target, index) => {
    let known = index
    for (const ahead of ERROR_AHEAD_HOURS) {
      while (known > 0 && steps[known - 1]! > target - ahead) known--
      if (known < LAST_DAY_HOURS) break
      const weight = 0.5 ** ((origin - target) / HALF_LIFE_HOURS)
      examples.push({ columns: columns(known, target), answer: errors[index]!, weight })
    }
  })
  if (examples.length < FEWEST_EXAMPLES) return () => 0
  const coefficients = leastAbsoluteFit(examples, () => ERROR_PENALTY, { rounds: 1 })
  return (target) => dot(coefficients, columns(steps.length, target))
}
