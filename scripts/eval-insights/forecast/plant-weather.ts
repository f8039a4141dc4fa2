import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { clearSkyHour, type Place } from '@/lib/insights/forecast/clear-sky'
import type { RegularSeries } from '@/lib/insights/forecast/regular-series'
import { MOST_LEAD_DAYS, type WeatherView } from '@/lib/insights/forecast/weather'
import { weightedQuantile } from '@/lib/insights/forecast/weighted-quantile'
import { correlatedErrors, errorGrowth } from './forecast-errors'

/** The weather station beside the plant. */
const HONG_KONG: Place = { latitudeDegrees: 22.33, longitudeDegrees: 114.26 }
/** Before, the pyranometer measured next to nothing by day. */
const WORKS_FROM_SECONDS = Date.UTC(2021, 5, 1) / 1000
/** A month's clearest hours are as clear as this share of the clear sky. */
const CLEAR_LEVEL = 0.95
const LEAST_CLEAR_IRRADIANCE = 150
const HORIZON_HOURS = 24

/** What a forecast of the weather gets wrong. */
export interface WeatherErrors {
  /** Root mean square error of the irradiance, said a day ahead, over its mean by day. */
  relativeRootMeanSquare: number
  seed: number
}

/**
 * The weather that was measured beside the plant SQ8, in place of a forecast of it: as it was, or with errors. The pyranometer's
 * scale jumps by half at the end of January 2023 and its nights are up to 30 W/m2 off, so each month is set right by its own nights
 * and by its clearest hours; power is not asked. Readings stand between two hours of power: each hour has the mean of both.
 */
export function plantWeather(dataDir: string, series: RegularSeries, errors: WeatherErrors | null): WeatherView {
  const length = series.values.length + HORIZON_HOURS
  const { irradiance, celsius } = measured(dataDir, series.startSeconds, length)
  const clear = Float64Array.from({ length }, (_, step) => clearSkyHour(HONG_KONG, series.startSeconds + step * 3600 - 3600))
  if (!errors) {
    return {
      irradianceWattsPerSquareMetre: Array.from({ length: MOST_LEAD_DAYS }, () => irradiance),
      temperatureCelsius: Array.from({ length: MOST_LEAD_DAYS }, () => celsius),
    }
  }
  const skyErrors = correlatedErrors(errors.seed, length)
  const days = Array.from({ length: MOST_LEAD_DAYS }, (_, day) => errorGrowth(day + 1))
  return {
    irradianceWattsPerSquareMetre: days.map((growth) =>
      blurred(irradiance, clear, skyErrors, growth * errors.relativeRootMeanSquare),
    ),
    // A temperature without errors of its own would tell of the clouds what the irradiance does not.
    temperatureCelsius: days.map(() => new Float64Array(length).fill(Number.NaN)),
  }
}

/** No forecast says less or more of the clear sky. */
const LEAST_CLEARNESS = 0.05
const MOST_CLEARNESS = 1.05

/** Wrong by errors of the clear-sky index, between dark and clear, as large as to give a relative root mean square error. */
function blurred(irradiance: Float64Array, clear: Float64Array, errors: Float64Array, wanted: number): Float64Array {
  const at = (size: number) =>
    irradiance.map((value, step) => {
      const wrong = value + size * errors[step]! * clear[step]!
      return Math.max(LEAST_CLEARNESS * clear[step]!, Math.min(MOST_CLEARNESS * clear[step]!, wrong))
    })
  let [least, most] = [0, 4]
  for (let round = 0; round < 20; round++) {
    const middle = (least + most) / 2
    if (relativeError(irradiance, at(middle), clear) < wanted) least = middle
    else most = middle
  }
  return at((least + most) / 2)
}

/** Root mean square error over the mean, by day. */
function relativeError(actual: Float64Array, said: Float64Array, clear: Float64Array): number {
  let [square, sum, count] = [0, 0, 0]
  actual.forEach((value, step) => {
    if (Number.isNaN(value + said[step]!) || clear[step]! <= 0) return
    square += (value - said[step]!) ** 2
    sum += value
    count++
  })
  return Math.sqrt(square / count) / (sum / count)
}

function measured(dataDir: string, startSeconds: number, length: number): { irradiance: Float64Array; celsius: Float64Array } {
  const rows = gunzipSync(readFileSync(path.join(dataDir, 'solar/SQ8.csv.gz'))).toString('utf8').trim().split('\n')
  const names = rows[0]!.split(',')
  const [irradianceColumn, celsiusColumn] = [names.indexOf('irradiance'), names.indexOf('temp')]
  const read = { irradiance: new Float64Array(length).fill(Number.NaN), celsius: new Float64Array(length).fill(Number.NaN) }
  const months = new Map<string, number[]>()
  for (const row of rows.slice(1)) {
    const cells = row.split(',')
    const seconds = Date.parse(`${cells[0]!.replace(' ', 'T')}+08:00`) / 1000
    const step = (seconds - startSeconds) / 3600
    if (seconds < WORKS_FROM_SECONDS || step < 0 || step >= length) continue
    read.irradiance[step] = Number(cells[irradianceColumn])
    read.celsius[step] = Number(cells[celsiusColumn])
    const month = cells[0]!.slice(0, 7)
    months.set(month, [...(months.get(month) ?? []), step])
  }
  for (const steps of months.values()) setRight(read.irradiance, steps, startSeconds)
  const between = (values: Float64Array) => values.map((value, step) => (value + (values[step - 1] ?? Number.NaN)) / 2)
  return { irradiance: between(read.irradiance), celsius: between(read.celsius) }
}

function setRight(irradiance: Float64Array, steps: readonly number[], startSeconds: number): void {
  /** Of the hour around a reading. */
  const clearAt = (step: number) => clearSkyHour(HONG_KONG, startSeconds + step * 3600 - 1800)
  const level = (values: readonly number[], share: number) => weightedQuantile(values, values.map(() => 1), share)
  const nights = steps.filter((step) => clearAt(step) === 0).map((step) => irradiance[step]!)
  const dark = nights.length > 0 ? level(nights, 0.5) : 0
  const clearness = steps.flatMap((step) =>
    clearAt(step) >= LEAST_CLEAR_IRRADIANCE ? [(irradiance[step]! - dark) / clearAt(step)] : [],
  )
  const scale = CLEAR_LEVEL / level(clearness, 0.95)
  for (const step of steps) irradiance[step] = clearAt(step) === 0 ? 0 : Math.max(0, irradiance[step]! - dark) * scale
}
