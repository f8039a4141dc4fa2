import { clearSkyHour } from '../clear-sky'
import type { RegularSeries } from '../regular-series'
import { leadDaysOf, MOST_LEAD_DAYS, type WeatherView } from '../weather'

const HOUR = 3600
/** 2025-02-03T00:00Z, a Monday. */
const START = Date.UTC(2025, 1, 3) / 1000
const HORIZON_HOURS = 168
const PLACE = { latitudeDegrees: 52, longitudeDegrees: 10 }

/** The same numbers for the same seed, evenly between -1 and 1. */
export function evenNoise(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 31 - 1
  }
}

/** What wanders between -1 and 1 from day to day. */
function wandering(seed: number, hours: number, hourly: number): Float64Array {
  const random = evenNoise(seed)
  let value = 0
  return Float64Array.from({ length: hours }, () => (value = hourly * value + Math.sqrt(1 - hourly ** 2) * random()))
}

export interface WeatheredSeries {
  series: RegularSeries
  /** What came, in place of a forecast of it. */
  weather: WeatherView
}

const sameForAllLeads = (values: Float64Array) => Array.from({ length: MOST_LEAD_DAYS }, () => values)
const nothing = (hours: number) => sameForAllLeads(new Float64Array(hours).fill(Number.NaN))

/** A plant under clouds that come and go, and the irradiance under them. */
export function cloudedPlant(days: number, seed = 1): WeatheredSeries {
  const hours = days * 24 + HORIZON_HOURS
  const clouds = wandering(seed, hours, 0.93)
  const random = evenNoise(seed + 1)
  const irradiance = Float64Array.from({ length: hours }, (_, hour) =>
    clearSkyHour(PLACE, START + hour * HOUR) * Math.max(0.1, Math.min(1, 0.6 + 0.9 * clouds[hour]!)),
  )
  const values = irradiance.slice(0, days * 24).map((watts) => 8 * watts * (1 + 0.05 * random()))
  return {
    series: { startSeconds: START, stepSeconds: HOUR, values },
    weather: { irradianceWattsPerSquareMetre: sameForAllLeads(irradiance), temperatureCelsius: nothing(hours) },
  }
}

/** A home with habits that is heated the more the colder the last day was. */
export function heatedHome(days: number, seed = 1): WeatheredSeries {
  const hours = days * 24 + HORIZON_HOURS
  const fronts = wandering(seed, hours, 0.985)
  const random = evenNoise(seed + 1)
  const celsius = Float64Array.from(fronts, (front, hour) => 4 + 14 * front - 3 * Math.cos((2 * Math.PI * ((hour % 24) - 3)) / 24))
  const values = Float64Array.from({ length: days * 24 }, (_, hour) => {
    const day = celsius.subarray(Math.max(0, hour - 23), hour + 1)
    const felt = day.reduce((sum, value) => sum + value, 0) / day.length
    const clock = hour % 24
    return (250 + (clock >= 18 && clock < 22 ? 700 : 0)) * (1 + 0.3 * random()) + 110 * Math.max(0, 16 - felt)
  })
  return {
    series: { startSeconds: START, stepSeconds: HOUR, values },
    weather: { irradianceWattsPerSquareMetre: nothing(hours), temperatureCelsius: sameForAllLeads(celsius) },
  }
}

/** Each value of the weather changed by its lead and step. */
export function changed(weather: WeatherView, change: (value: number, leadDays: number, step: number) => number): WeatherView {
  const all = (rows: readonly Float64Array[]) => rows.map((row, index) => row.map((value, step) => change(value, index + 1, step)))
  return {
    irradianceWattsPerSquareMetre: all(weather.irradianceWattsPerSquareMetre),
    temperatureCelsius: all(weather.temperatureCelsius),
  }
}

/** Whether a row had been said at an origin: so many days before its step ended. */
export const wasSaid = (leadDays: number, step: number, origin: number) => (leadDaysOf(origin, step, HOUR) ?? Infinity) <= leadDays
