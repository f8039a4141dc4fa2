import { MOST_LEAD_DAYS, type WeatherView } from '@/lib/insights/forecast/weather'
import { createBlock } from '@/lib/simulation/block'
import { BLOCK_SECONDS, createHome } from '@/lib/simulation/home'
import { correlatedErrors, errorGrowth } from './forecast-errors'
import type { MeasuredSeries } from './measured-series'

const SEEDS = [11, 12]
const START_SECONDS = Date.UTC(2024, 10, 1) / 1000
const DAYS = 150
const HORIZON_HOURS = 24
const TIME_ZONE = 'Europe/Berlin'

export interface HeatedHome extends MeasuredSeries {
  /** °C by hour, the horizon included. */
  outdoorCelsius: Float64Array
}

/** Simulated homes that a heat pump heats, over a winter, by the hour, with the simulation's outdoor temperature. */
export function heatedHomes(): HeatedHome[] {
  return SEEDS.map((seed) => {
    const home = createHome({ seed, startTimestampSeconds: START_SECONDS, timeZone: TIME_ZONE })
    const block = createBlock(BLOCK_SECONDS)
    const values = Float64Array.from({ length: DAYS * 24 }, () => {
      home.fill(BLOCK_SECONDS, block)
      return block.powerWatts.reduce((sum, watts) => sum + watts, 0) / BLOCK_SECONDS
    })
    const outdoorCelsius = Float64Array.from({ length: values.length + HORIZON_HOURS }, (_, hour) =>
      home.context.weather.outdoorCelsius(START_SECONDS + hour * 3600 + 1800),
    )
    const series = { startSeconds: START_SECONDS, stepSeconds: 3600, values }
    return { name: `simulated home ${seed}`, timeZone: TIME_ZONE, trainedShare: 0, series, outdoorCelsius }
  })
}

/** The outdoor temperature in place of a forecast of it, wrong by errors of so many K root mean square a day ahead. */
export function temperatureForecast({ outdoorCelsius }: HeatedHome, kelvin: number, seed: number): WeatherView {
  const errors = correlatedErrors(seed, outdoorCelsius.length)
  const unknown = new Float64Array(outdoorCelsius.length).fill(Number.NaN)
  return {
    irradianceWattsPerSquareMetre: Array.from({ length: MOST_LEAD_DAYS }, () => unknown),
    temperatureCelsius: Array.from({ length: MOST_LEAD_DAYS }, (_, day) =>
      outdoorCelsius.map((celsius, hour) => celsius + kelvin * errorGrowth(day + 1) * errors[hour]!),
    ),
  }
}
