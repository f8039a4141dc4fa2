import { setImmediate } from 'node:timers/promises'
import type { Candidate, SeriesView } from './candidate'
import { byTheHour } from './hourly-candidate'
import { dot, leastAbsoluteFit } from './least-absolute'
import { loadFeatures } from './load-features'
import {
  BOUND, examplesBefore, FEWEST_EXAMPLES, REGRESSION_COLUMNS, type RegressionExample, ROUNDS, ROUNDS_AGAIN, widened,
} from './regression-candidates'
import { saidAt, type WeatherView } from './weather'

/** Houses lag: they are heated by the mean of the day behind them, most of all. */
const LAG_HOURS = 24
const FEWEST_LAG_HOURS = 18
/** Heating begins below the first, takes more below the second (heat pumps weaken), cooling begins above the third, °C. */
const HEATING_BELOW = 16
const MORE_BELOW = 6
const COOLING_ABOVE = 22
const DEGREES = 5
/** What is usual at a time of day: the mean of its days before, as in the profiles. */
const USUAL_DAYS = 28
const USUAL_HALF_LIFE_DAYS = 14
/** Night, morning, midday, evening. */
const GROUP_HOURS = 6
const GROUPS = 24 / GROUP_HOURS
const COLUMNS = 2 * GROUPS + 7
const HALF_LIFE_DAYS = 30
const PENALTY = 300
const DEGREE_PENALTY = 20

/** By step, from what was said a day before; NaN where unknown. */
interface Degrees {
  /** Of the last 24 hours' mean. */
  heating: Float64Array
  more: Float64Array
  cooling: Float64Array
  /** Of the hour. */
  heatingNow: Float64Array
  coolingNow: Float64Array
}

/**
 * The regression with heating and cooling degrees beside its columns: how far those of a step are from what was usual at its time,
 * and from those of the day that its lag shows, by time of day. Fitted to the site's own past on what had been forecast then. Says
 * nothing of steps whose temperature was not forecast.
 */
export const FROM_TEMPERATURE: Candidate = byTheHour({
  name: 'forecast temperature (regression)',
  needsWeather: true,
  async forecast(view, tasks) {
    const { weather } = view
    const answers = tasks.map(({ targets }) => new Float64Array(targets.length).fill(Number.NaN))
    if (!weather || !weather.temperatureCelsius.some((row) => row.some((value) => !Number.isNaN(value)))) return answers
    const degrees = degreesOf(view, weather)
    const inOrder = tasks.map((task, index) => ({ task, index })).sort((a, b) => a.task.origin - b.task.origin)
    let coefficients: Float64Array | null = null
    for (const { task, index } of inOrder) {
      const examples = withDegrees(view, weather, degrees, await examplesBefore(view, task.origin))
      coefficients = examples.length < FEWEST_EXAMPLES ? null : fitted(examples, task.origin, coefficients)
      await setImmediate()
      if (!coefficients) continue
      const fit = coefficients
      loadFeatures(view, task).forEach((row, i) => {
        const columns = row && columnsOf(view, weather, degrees, task.origin, task.targets[i]!)
        if (!columns) return
        const said = dot(fit, joined(widened(row), columns))
        answers[index]![i] = row.base + row.scale * Math.max(-BOUND, Math.min(BOUND, said))
      })
    }
    return answers
  },
})

function fitted(examples: readonly RegressionExample[], origin: number, from: Float64Array | null): Float64Array {
  const weighted = examples.map(({ target, columns, answer }) => ({
    columns,
    answer,
    weight: 0.5 ** ((origin - target) / 24 / HALF_LIFE_DAYS),
  }))
  const penalty = (column: number) => (column === 0 ? 1e-6 : column < REGRESSION_COLUMNS ? PENALTY : DEGREE_PENALTY)
  return leastAbsoluteFit(weighted, penalty, { rounds: from ? ROUNDS_AGAIN : ROUNDS, from })
}

const widenedExamples = new WeakMap<RegressionExample, { weather: WeatherView; example: RegressionExample | null }>()

function withDegrees(
  view: SeriesView,
  weather: WeatherView,
  degrees: Degrees,
  examples: readonly RegressionExample[],
): RegressionExample[] {
  return examples.flatMap((plain) => {
    let known = widenedExamples.get(plain)
    if (known?.weather !== weather) {
      const columns = columnsOf(view, weather, degrees, plain.origin, plain.target)
      known = { weather, example: columns && { ...plain, columns: joined(plain.columns, columns) } }
      widenedExamples.set(plain, known)
    }
    return known.example ? [known.example] : []
  })
}

function joined(first: Float64Array, second: Float64Array): Float64Array {
  const both = new Float64Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

const knownDegrees = new WeakMap<WeatherView, Degrees>()

function degreesOf({ calendar }: SeriesView, weather: WeatherView): Degrees {
  const known = knownDegrees.get(weather)
  if (known) return known
  const newest = weather.temperatureCelsius[0] ?? new Float64Array(0)
  const lagged = Float64Array.from({ length: calendar.length }, (_, step) => meanBefore((at) => newest[at] ?? Number.NaN, step))
  const now = Float64Array.from({ length: calendar.length }, (_, step) => newest[step] ?? Number.NaN)
  const made = {
    heating: lagged.map((celsius) => below(celsius, HEATING_BELOW)),
    more: lagged.map((celsius) => below(celsius, MORE_BELOW)),
    cooling: lagged.map((celsius) => below(-celsius, -COOLING_ABOVE)),
    heatingNow: now.map((celsius) => below(celsius, HEATING_BELOW)),
    coolingNow: now.map((celsius) => below(-celsius, -COOLING_ABOVE)),
  }
  knownDegrees.set(weather, made)
  return made
}

const below = (value: number, limit: number) => Math.max(0, limit - value) / DEGREES

function meanBefore(celsiusAt: (step: number) => number, step: number): number {
  let [sum, count] = [0, 0]
  for (let at = step - LAG_HOURS + 1; at <= step; at++) {
    const celsius = celsiusAt(at)
    if (Number.isNaN(celsius)) continue
    sum += celsius
    count++
  }
  return count >= FEWEST_LAG_HOURS ? sum / count : Number.NaN
}

/** What a step's degrees are beyond the usual ones, by what had been said at an origin; null where that is not known. */
function columnsOf(
  { calendar }: SeriesView,
  weather: WeatherView,
  degrees: Degrees,
  origin: number,
  target: number,
): Float64Array | null {
  const celsiusAt = (step: number) => (step < 0 ? Number.NaN : saidAt(weather.temperatureCelsius, origin, step, 3600))
  const [lagged, now] = [meanBefore(celsiusAt, target), celsiusAt(target)]
  if (Number.isNaN(lagged + now)) return null
  const lastDay = target - 24 * Math.ceil((target - origin + 1) / 24)
  const beyond = (values: Float64Array, value: number) => value - usual(values, origin, target)
  const heating = below(lagged, HEATING_BELOW)
  const more = below(lagged, MORE_BELOW)
  const cooling = below(-lagged, -COOLING_ABOVE)
  const heatingBeyond = beyond(degrees.heating, heating)
  if (Number.isNaN(heatingBeyond)) return null
  const group = Math.floor(calendar.slot[target]! / GROUP_HOURS) % GROUPS
  const columns = new Float64Array(COLUMNS)
  columns[group] = heatingBeyond
  columns[GROUPS + group] = beyond(degrees.cooling, cooling)
  const since = (values: Float64Array, value: number) => (Number.isNaN(values[lastDay] ?? Number.NaN) ? 0 : value - values[lastDay]!)
  columns.set(
    [
      beyond(degrees.more, more),
      since(degrees.heating, heating),
      since(degrees.more, more),
      since(degrees.cooling, cooling),
      beyond(degrees.heatingNow, below(now, HEATING_BELOW)),
      beyond(degrees.coolingNow, below(-now, -COOLING_ABOVE)),
      heatingBeyond * calendar.isRest[target]!,
    ],
    2 * GROUPS,
  )
  return columns
}

/** The mean of the days before, newer ones weighing more; NaN where none is known. */
function usual(values: Float64Array, origin: number, target: number): number {
  let [sum, total] = [0, 0]
  for (let back = Math.ceil((target - origin + 1) / 24); back <= USUAL_DAYS; back++) {
    const value = values[target - 24 * back] ?? Number.NaN
    if (Number.isNaN(value)) continue
    const weight = 0.5 ** (back / USUAL_HALF_LIFE_DAYS)
    sum += weight * value
    total += weight
  }
  return sum / total
}
