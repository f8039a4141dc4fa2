import { findWeather, type WeatherColumns } from '@/lib/data/weather-forecasts'
import type { RegularSeries } from '@/lib/insights/forecast/regular-series'
import { leadDaysOf, MOST_LEAD_DAYS, type WeatherView } from '@/lib/insights/forecast/weather'

const LONGEST_HORIZON_STEPS = 7 * 24
/** With none of the steps that come next, forecasts of the weather have ended, and are of no use. */
const NEXT_STEPS = 24

export interface SiteWeather {
  view: WeatherView
  /** Whether any of it was fetched from the weather service, whose credit is then due. */
  isFetched: boolean
}

/**
 * What was forecast of the weather of each hour of a site's series, and of the week that follows it, as it was known at a time (Unix
 * seconds); undefined where nothing is known of the next day.
 */
export async function readSiteWeather(siteId: string, series: RegularSeries, nowSeconds: number): Promise<SiteWeather | undefined> {
  const { startSeconds, stepSeconds, values } = series
  const endSeconds = startSeconds + (values.length + LONGEST_HORIZON_STEPS) * stepSeconds
  const rows = await findWeather(siteId, startSeconds, endSeconds, nowSeconds)
  const view = weatherViewOf(rows, series)
  return view && { view, isFetched: rows.isFetched }
}

/** @param rows by hour, those said last first */
export function weatherViewOf(rows: Omit<WeatherColumns, 'isFetched'>, { startSeconds, stepSeconds, values }: RegularSeries): WeatherView | undefined {
  const steps = values.length + LONGEST_HORIZON_STEPS
  const empty = () => Array.from({ length: MOST_LEAD_DAYS }, () => new Float64Array(steps).fill(Number.NaN))
  const view = { irradianceWattsPerSquareMetre: empty(), temperatureCelsius: empty() }
  rows.startSeconds.forEach((seconds, i) => {
    const step = (seconds - startSeconds) / stepSeconds
    if (!Number.isInteger(step) || step < 0 || step >= steps) return
    for (let leadDays = 1; leadDays <= MOST_LEAD_DAYS; leadDays++) {
      if (rows.leadDays[i]! < leastLead(step, leadDays, values.length, stepSeconds)) continue
      keepFirst(view.irradianceWattsPerSquareMetre[leadDays - 1]!, step, rows.irradiance[i]!)
      keepFirst(view.temperatureCelsius[leadDays - 1]!, step, rows.temperature[i]!)
    }
  })
  const next = (row: Float64Array) => row.subarray(values.length, values.length + NEXT_STEPS).some((value) => !Number.isNaN(value))
  return next(view.irradianceWattsPerSquareMetre[0]!) || next(view.temperatureCelsius[0]!) ? view : undefined
}

/**
 * With how much lead a row must have been said to count. Of the past: with as many days as asked for, since whoever looks from a
 * moment of the past had not heard what was said later. Of a step to come everything stored has been said, so that the newest
 * counts for all leads that a forecast made now may use.
 */
function leastLead(step: number, leadDays: number, end: number, stepSeconds: number): number {
  const allowed = step < end ? 0 : (leadDaysOf(end, step, stepSeconds) ?? MOST_LEAD_DAYS)
  return leadDays <= allowed ? 0 : leadDays
}

function keepFirst(row: Float64Array, step: number, value: number): void {
  if (Number.isNaN(row[step]!)) row[step] = value
}
