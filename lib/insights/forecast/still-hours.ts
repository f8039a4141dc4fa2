import type { SeriesView } from './candidate'
import { weightedQuantile } from './weighted-quantile'

const DAYS_BACK = 14
const FEWEST_DAYS = 5
const AROUND_SECONDS = 3600
/** Of the largest value: what differs less does not move. */
const STILL = 0.001

const largest = new WeakMap<Float64Array, number>()

/**
 * The value of a time of day at which, and an hour around which, nothing has moved for two weeks, as generation at night; null where
 * something has.
 */
export function stillValues({ values, calendar }: SeriesView, origin: number, target: number) {
  const around = Math.floor(AROUND_SECONDS / calendar.stepSeconds)
  const stride = Math.max(1, Math.floor(around / 4))
  const most = (largest.get(values) ?? values.reduce((top, value) => (Math.abs(value) > top ? Math.abs(value) : top), 0)) * STILL
  largest.set(values, most / STILL)
  const seen: number[] = []
  let days = 0
  for (let back = 1; back <= calendar.day[target]! && days < DAYS_BACK; back++) {
    const step = calendar.stepAt(calendar.day[target]! - back, calendar.slot[target]!)
    if (step < 0 || step >= origin) continue
    days++
    for (let beside = -around; beside <= around; beside += stride) {
      const value = step + beside >= 0 && step + beside < origin ? values[step + beside]! : Number.NaN
      if (Number.isNaN(value)) continue
      seen.push(value)
      if (Math.abs(value - seen[0]!) > most) return null
    }
  }
  if (days < FEWEST_DAYS || seen.length < FEWEST_DAYS) return null
  const value = weightedQuantile(seen, seen.map(() => 1), 0.5)
  return { value, lower95: Math.min(...seen), upper95: Math.max(...seen) }
}
