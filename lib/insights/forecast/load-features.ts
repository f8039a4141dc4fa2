import type { ForecastTask, SeriesView } from './candidate'
import { PROFILE_MEAN, PROFILE_MEDIAN, usualValue } from './profile-candidates'

/** Columns of a row; a change needs the network trained again. */
export const LOAD_FEATURES = 34
const SCALE_DAYS = 28
const DAILY_LAGS = 7
const WEEKLY_LAGS = 3

/** What a network needs to know to forecast one step: columns without unit, and how to come back to the series' own. */
export interface FeatureRow {
  columns: Float32Array
  /** The network's answer times `scale` plus `base` is the forecast. */
  base: number
  scale: number
}

/**
 * Rows for the steps of a task of an hourly series, or null where it cannot be said what is usual. Everything is relative to the
 * usual value of the step and divided by how much the series varies, so that neither unit nor size matters.
 */
export function loadFeatures(view: SeriesView, { origin, targets }: ForecastTask): (FeatureRow | null)[] {
  const { values, calendar } = view
  const recent = values.subarray(Math.max(0, origin - SCALE_DAYS * 24), origin).filter((value) => !Number.isNaN(value))
  if (recent.length < 48) return [...targets].map(() => null)
  const level = recent.reduce((sum, value) => sum + value, 0) / recent.length
  const scale = recent.reduce((sum, value) => sum + Math.abs(value - level), 0) / recent.length
  if (!(scale > 0)) return [...targets].map(() => null)
  const excess = recentExcesses(view, origin)
  return [...targets].map((target) => {
    const median = usualValue(view, origin, target, PROFILE_MEDIAN)
    const mean = usualValue(view, origin, target, PROFILE_MEAN)
    if (Number.isNaN(median) || Number.isNaN(mean)) return null
    const long = usualValue(view, origin, target, { halfLifeDays: 60, days: 'kind', statistic: 'median' })
    const days = usualValue(view, origin, target, { halfLifeDays: 3, days: 'all', statistic: 'mean', mostDaysBack: 14 })
    const weekday = usualValue(view, origin, target, { halfLifeDays: 28, days: 'weekday', statistic: 'mean' })
    const relative = (value: number) => (Number.isNaN(value) ? 0 : bounded((value - median) / scale))
    const ahead = target - origin + 1
    const hour = (2 * Math.PI * calendar.slot[target]!) / calendar.slotsPerDay
    const columns = [
      Math.sin(hour),
      Math.cos(hour),
      Math.sin(2 * hour),
      Math.cos(2 * hour),
      calendar.isRest[target]!,
      Number(calendar.weekday[target] === 1),
      Number(calendar.weekday[target] === 5),
      Math.log(ahead) / 3,
      Math.min(ahead, 168) / 48,
      relative(mean),
      relative(long),
      relative(days),
      relative(weekday),
      bounded((median - level) / scale),
      bounded(level / scale),
      ...excess.map((value) => bounded(value / scale)),
    ]
    const firstDay = Math.ceil(ahead / 24)
    for (let lag = 0; lag < DAILY_LAGS; lag++) columns.push(relative(valueAt(view, origin, target, firstDay + lag)))
    const firstWeek = Math.ceil(ahead / 168)
    for (let lag = 0; lag < WEEKLY_LAGS; lag++) columns.push(relative(valueAt(view, origin, target, 7 * (firstWeek + lag))))
    // The steps beside it a day ago, and how much it varies there.
    columns.push(relative(valueAt(view, origin, target - 1, firstDay)), relative(valueAt(view, origin, target + 1, firstDay)))
    columns.push(spread(view, origin, target) / scale)
    return { columns: Float32Array.from(columns.slice(0, LOAD_FEATURES)), base: median, scale }
  })
}

const bounded = (value: number) => Math.max(-6, Math.min(6, value))

function valueAt({ values, calendar }: SeriesView, origin: number, target: number, daysBack: number): number {
  if (target >= calendar.length) return Number.NaN
  const step = calendar.stepAt(calendar.day[target]! - daysBack, calendar.slot[target]!)
  return step >= 0 && step < origin ? values[step]! : Number.NaN
}

function spread(view: SeriesView, origin: number, target: number): number {
  const seen: number[] = []
  for (let back = 1; back <= 21; back++) {
    const value = valueAt(view, origin, target, back)
    if (!Number.isNaN(value)) seen.push(value)
  }
  if (seen.length < 2) return 0
  const mean = seen.reduce((sum, value) => sum + value, 0) / seen.length
  return seen.reduce((sum, value) => sum + Math.abs(value - mean), 0) / seen.length
}

/** How far the last 1, 3, 6, 24, 72 and 168 hours were above what is usual; 0 where unknown. */
function recentExcesses(view: SeriesView, origin: number): number[] {
  const spans = [1, 3, 6, 24, 72, 168]
  const excess: number[] = []
  for (let back = 1; back <= 168 && back <= origin; back++) {
    const stride = back > 24 ? 3 : 1
    if (back % stride !== 0) {
      excess.push(Number.NaN)
      continue
    }
    const step = origin - back
    excess.push(view.values[step]! - usualValue(view, step, step, { ...PROFILE_MEAN, mostDaysBack: 28 }))
  }
  return spans.map((span) => {
    const known = excess.slice(0, span).filter((value) => !Number.isNaN(value))
    return known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length
  })
}
