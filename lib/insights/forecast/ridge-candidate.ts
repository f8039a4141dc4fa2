import type { Candidate, ForecastTask, SeriesView } from './candidate'
import { byTheHour } from './hourly-candidate'
import { type FeatureRow, LOAD_FEATURES, loadFeatures } from './load-features'

/** From how many hours ahead and how often examples are taken from the past. */
const AHEAD_HOURS = [0, 1, 2, 4, 7, 11, 16, 21, 35, 59, 95, 143]
const EVERY_HOURS = 13
const FIRST_ORIGIN_HOURS = 7 * 24
const MOST_HISTORY_HOURS = 120 * 24
const FEWEST_EXAMPLES = 300
const PENALTY = 4
const BOUND = 6
/** Columns of loadFeatures: the logarithm of the hours ahead, and the excess of the last 1, 3, 24 and 168 hours. */
const LOG_AHEAD = 7
const EXCESS = [15, 16, 18, 20]
const EXCESS_LASTS_HOURS = [3, 8, 30, 200]
const WIDTH = 1 + LOAD_FEATURES + EXCESS.length

interface Example {
  target: number
  columns: Float64Array
  answer: number
}

/** The columns, a constant, and how much of the last hours' excess is left so many hours later. */
function widened(row: FeatureRow): Float64Array {
  const columns = new Float64Array(WIDTH)
  columns[0] = 1
  columns.set(row.columns, 1)
  const ahead = Math.exp(3 * row.columns[LOG_AHEAD]!)
  EXCESS.forEach((column, i) => {
    columns[1 + LOAD_FEATURES + i] = row.columns[column]! * Math.exp(-ahead / EXCESS_LASTS_HOURS[i]!)
  })
  return columns
}

const known = new WeakMap<Float64Array, Example[]>()

/** Examples of all of a series' past; each uses only what was known at its own origin. Ascending by target. */
function examplesOf(view: SeriesView): Example[] {
  const found = known.get(view.values)
  if (found) return found
  const examples: Example[] = []
  const { values } = view
  for (let origin = Math.max(FIRST_ORIGIN_HOURS, values.length - MOST_HISTORY_HOURS); origin < values.length; origin += EVERY_HOURS) {
    const targets = AHEAD_HOURS.map((ahead) => origin + ahead).filter((target) => !Number.isNaN(values[target] ?? Number.NaN))
    const task: ForecastTask = { origin, targets: Int32Array.from(targets) }
    loadFeatures(view, task).forEach((row, i) => {
      if (!row) return
      const answer = Math.max(-BOUND, Math.min(BOUND, (values[targets[i]!]! - row.base) / row.scale))
      examples.push({ target: targets[i]!, columns: widened(row), answer })
    })
  }
  examples.sort((a, b) => a.target - b.target)
  known.set(values, examples)
  return examples
}

/**
 * Ridge regression on the columns of the network, fitted to the series itself: how its next hours follow from its last ones, which
 * smooth series tell better than any other.
 */
export const RIDGE: Candidate = byTheHour({
  name: 'ridge regression',
  forecast(view, tasks) {
    const examples = examplesOf(view)
    const gram = new Float64Array(WIDTH * WIDTH)
    const moment = new Float64Array(WIDTH)
    let used = 0
    const inOrder = tasks.map((task, index) => ({ task, index })).sort((a, b) => a.task.origin - b.task.origin)
    const said: Float64Array[] = []
    for (const { task, index } of inOrder) {
      for (; used < examples.length && examples[used]!.target < task.origin; used++) add(gram, moment, examples[used]!)
      const weights = used < FEWEST_EXAMPLES ? null : solve(gram, moment)
      said[index] = Float64Array.from(loadFeatures(view, task), (row) => {
        if (!row || !weights) return Number.NaN
        const answer = widened(row).reduce((sum, value, i) => sum + value * weights[i]!, 0)
        return row.base + row.scale * Math.max(-BOUND, Math.min(BOUND, answer))
      })
    }
    return said
  },
})

function add(gram: Float64Array, moment: Float64Array, { columns, answer }: Example): void {
  for (let i = 0; i < WIDTH; i++) {
    const value = columns[i]!
    if (value === 0) continue
    moment[i]! += value * answer
    for (let j = 0; j <= i; j++) gram[i * WIDTH + j]! += value * columns[j]!
  }
}

/** (gram + penalty) w = moment by Cholesky; the constant is not held down. */
function solve(gram: Float64Array, moment: Float64Array): Float64Array {
  const factor = new Float64Array(gram)
  for (let i = 0; i < WIDTH; i++) factor[i * WIDTH + i]! += i === 0 ? 1e-6 : PENALTY
  for (let i = 0; i < WIDTH; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = factor[i * WIDTH + j]!
      for (let k = 0; k < j; k++) sum -= factor[i * WIDTH + k]! * factor[j * WIDTH + k]!
      factor[i * WIDTH + j] = i === j ? Math.sqrt(Math.max(sum, 1e-9)) : sum / factor[j * WIDTH + j]!
    }
  }
  const weights = Float64Array.from(moment)
  for (let i = 0; i < WIDTH; i++) {
    for (let k = 0; k < i; k++) weights[i]! -= factor[i * WIDTH + k]! * weights[k]!
    weights[i]! /= factor[i * WIDTH + i]!
  }
  for (let i = WIDTH - 1; i >= 0; i--) {
    for (let k = i + 1; k < WIDTH; k++) weights[i]! -= factor[k * WIDTH + i]! * weights[k]!
    weights[i]! /= factor[i * WIDTH + i]!
  }
  return weights
}
