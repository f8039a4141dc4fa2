import type { Candidate, ForecastTask, SeriesView } from './candidate'
import { byTheHour } from './hourly-candidate'
import { weightedQuantile } from './weighted-quantile'

const LOOK_BACK_HOURS = 24
const LEAST_KNOWN_HOURS = 18
const MOST_DAYS_BACK = 120
const FEWEST_DAYS = 8
const MOST_SIMILAR = 30
/** How fast a day loses weight as it is less similar than the most similar, and older. */
const SHARPNESS = 3
const HALF_LIFE_DAYS = 60
/** Distances below this share of the usual value are chance. */
const CHANCE = 0.02

interface SimilarDay {
  origin: number
  distance: number
  weight: number
}

/**
 * What followed on the days whose last 24 hours were most like those before the origin (analogue forecasting, Lorenz 1969): the
 * weighted median of what came. Differences are smoothed over three hours, so that a run an hour later is still alike.
 */
export const SIMILAR_DAYS: Candidate = byTheHour({
  name: 'similar days',
  forecast: (view, tasks) => tasks.map((task) => forecastTask(view, task)),
})

function forecastTask(view: SeriesView, { origin, targets }: ForecastTask): Float64Array {
  const similar = similarDays(view.values, origin)
  return Float64Array.from(targets, (target) => {
    const values: number[] = []
    const weights: number[] = []
    for (const day of similar) {
      const step = day.origin + target - origin
      const value = step < origin ? view.values[step]! : Number.NaN
      if (Number.isNaN(value)) continue
      values.push(value)
      weights.push(day.weight)
    }
    return values.length < FEWEST_DAYS ? Number.NaN : weightedQuantile(values, weights, 0.5)
  })
}

function similarDays(values: Float64Array, origin: number): SimilarDay[] {
  const days: SimilarDay[] = []
  for (let back = 1; back <= MOST_DAYS_BACK && origin - 24 * back >= LOOK_BACK_HOURS; back++) {
    const distance = distanceBetween(values, origin, origin - 24 * back)
    if (!Number.isNaN(distance)) days.push({ origin: origin - 24 * back, distance, weight: 0.5 ** (back / HALF_LIFE_DAYS) })
  }
  if (days.length < FEWEST_DAYS) return []
  const kept = days.sort((a, b) => a.distance - b.distance).slice(0, MOST_SIMILAR)
  const chance = CHANCE * usualSize(values, origin) + Number.MIN_VALUE
  const nearest = kept[0]!.distance + chance
  return kept.map((day) => ({ ...day, weight: day.weight * Math.exp(-SHARPNESS * ((day.distance + chance) / nearest - 1)) }))
}

function distanceBetween(values: Float64Array, origin: number, other: number): number {
  let known = 0
  const differences = Array.from({ length: LOOK_BACK_HOURS }, (_, hour) => {
    const difference = values[origin - LOOK_BACK_HOURS + hour]! - values[other - LOOK_BACK_HOURS + hour]!
    if (Number.isNaN(difference)) return 0
    known++
    return difference
  })
  if (known < LEAST_KNOWN_HOURS) return Number.NaN
  let sum = 0
  for (let hour = 0; hour < LOOK_BACK_HOURS; hour++) {
    sum += Math.abs(0.25 * (differences[hour - 1] ?? 0) + 0.5 * differences[hour]! + 0.25 * (differences[hour + 1] ?? 0))
  }
  return sum / known
}

function usualSize(values: Float64Array, origin: number): number {
  let [sum, count] = [0, 0]
  for (let step = Math.max(0, origin - 28 * 24); step < origin; step++) {
    if (Number.isNaN(values[step]!)) continue
    sum += Math.abs(values[step]!)
    count++
  }
  return count > 0 ? sum / count : 0
}
