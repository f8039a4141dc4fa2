import { setImmediate } from 'node:timers/promises'
import type { Candidate, ForecastTask, SeriesView } from './candidate'
import { byTheHour } from './hourly-candidate'
import { dot, leastAbsoluteFit } from './least-absolute'
import { type FeatureRow, LOAD_FEATURES, loadFeatures } from './load-features'

/** From how many hours ahead and how often examples are taken from the past. */
const AHEAD_HOURS = [0, 1, 2, 4, 7, 11, 16, 21, 35, 59, 95, 143]
const EVERY_HOURS = 7
const FIRST_ORIGIN_HOURS = 7 * 24
const MOST_HISTORY_HOURS = 120 * 24
export const FEWEST_EXAMPLES = 120
export const BOUND = 6
/** Reweightings from nothing, and from the weights of an earlier origin. */
export const ROUNDS = 5
export const ROUNDS_AGAIN = 2
/** Columns of loadFeatures: the logarithm of the hours ahead, and the excess of the last 1, 3, 24 and 168 hours. */
const LOG_AHEAD = 7
const EXCESS = [15, 16, 18, 20]
const EXCESS_LASTS_HOURS = [3, 8, 30, 200]
export const REGRESSION_COLUMNS = 1 + LOAD_FEATURES + EXCESS.length

export interface RegressionExample {
  origin: number
  target: number
  columns: Float64Array
  answer: number
}

/** A constant, the columns, and how much of the last hours' excess is left so many hours later. */
export function widened(row: FeatureRow): Float64Array {
  const columns = new Float64Array(REGRESSION_COLUMNS)
  columns[0] = 1
  columns.set(row.columns, 1)
  const ahead = Math.exp(3 * row.columns[LOG_AHEAD]!)
  EXCESS.forEach((column, i) => {
    columns[1 + LOAD_FEATURES + i] = row.columns[column]! * Math.exp(-ahead / EXCESS_LASTS_HOURS[i]!)
  })
  return columns
}

/** How many origins are gone through before others of the process have their turn. */
const ORIGINS_AT_A_TIME = 8
const known = new WeakMap<Float64Array, Map<number, RegressionExample[]>>()

/** Examples of the months before an origin; each uses only what was known at its own. Ascending by origin. */
export async function examplesBefore(view: SeriesView, origin: number): Promise<RegressionExample[]> {
  const made = known.get(view.values) ?? new Map<number, RegressionExample[]>()
  known.set(view.values, made)
  const examples: RegressionExample[] = []
  const skipped = Math.max(0, Math.ceil((origin - MOST_HISTORY_HOURS - FIRST_ORIGIN_HOURS) / EVERY_HOURS))
  for (let at = FIRST_ORIGIN_HOURS + skipped * EVERY_HOURS; at < origin; at += EVERY_HOURS) {
    let found = made.get(at)
    if (!found) {
      found = examplesAt(view, at)
      made.set(at, found)
      if (made.size % ORIGINS_AT_A_TIME === 0) await setImmediate()
    }
    for (const example of found) if (example.target < origin) examples.push(example)
  }
  return examples
}

function examplesAt(view: SeriesView, origin: number): RegressionExample[] {
  const { values } = view
  const targets = AHEAD_HOURS.map((ahead) => origin + ahead).filter((target) => !Number.isNaN(values[target] ?? Number.NaN))
  const task: ForecastTask = { origin, targets: Int32Array.from(targets) }
  return loadFeatures(view, task).flatMap((row, i) => {
    if (!row) return []
    const answer = Math.max(-BOUND, Math.min(BOUND, (values[targets[i]!]! - row.base) / row.scale))
    return [{ origin, target: targets[i]!, columns: widened(row), answer }]
  })
}

interface Regression {
  /** After how many days an example counts half as much. */
  halfLifeDays: number
  /** How strongly columns are held to saying nothing. */
  penalty: number
}

/**
 * Regression on the columns of the network, fitted to the series itself: how its next hours follow from its last ones, which smooth
 * series tell better than any other. Of the least absolute errors, by reweighted least squares with a ridge penalty.
 */
const regression = (name: string, settings: Regression): Candidate =>
  byTheHour({
    name,
    async forecast(view, tasks) {
      let weights: Float64Array | null = null
      const inOrder = tasks.map((task, index) => ({ task, index })).sort((a, b) => a.task.origin - b.task.origin)
      const said: Float64Array[] = []
      for (const { task, index } of inOrder) {
        const examples = await examplesBefore(view, task.origin)
        weights = examples.length < FEWEST_EXAMPLES ? null : fitted(examples, task.origin, settings, weights)
        const coefficients = weights
        said[index] = Float64Array.from(loadFeatures(view, task), (row) => {
          if (!row || !coefficients) return Number.NaN
          return row.base + row.scale * Math.max(-BOUND, Math.min(BOUND, dot(coefficients, widened(row))))
        })
      }
      return said
    },
  })

/** One that follows how the last weeks went, and one that trusts little but what months agree on. */
export const REGRESSIONS: readonly Candidate[] = [
  regression('regression (weeks)', { halfLifeDays: 14, penalty: 80 }),
  regression('regression (months)', { halfLifeDays: 45, penalty: 600 }),
]

function fitted(
  examples: readonly RegressionExample[],
  origin: number,
  { halfLifeDays, penalty }: Regression,
  from: Float64Array | null,
): Float64Array {
  const weighted = examples.map(({ target, columns, answer }) => ({
    columns,
    answer,
    weight: 0.5 ** ((origin - target) / 24 / halfLifeDays),
  }))
  // The constant is not held down.
  return leastAbsoluteFit(weighted, (column) => (column === 0 ? 1e-6 : penalty), { rounds: from ? ROUNDS_AGAIN : ROUNDS, from })
}
