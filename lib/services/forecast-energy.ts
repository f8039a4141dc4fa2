import { signBounds } from '@/lib/insights/forecast/forecast'
import { meanInterval } from '@/lib/insights/forecast/sum-interval'
import type { SiteForecast } from './forecast'

const HOUR_SECONDS = 3600

export interface ExpectedEnergy {
  energyKwh: number
  /** Within what it lies in `percent` of 100 such stretches, as far as the past goes; null where too little was tried. */
  interval: { lowerKwh: number; upperKwh: number; percent: number } | null
}

/** The energy of all hours of a forecast. */
export function expectedEnergyOfAll(forecast: SiteForecast): ExpectedEnergy {
  const startSeconds = forecast.points[0]?.startSeconds ?? 0
  return expectedEnergy(forecast, startSeconds, startSeconds + forecast.points.length * HOUR_SECONDS) ?? { energyKwh: 0, interval: null }
}

/**
 * The energy of a stretch of a forecast, [fromSeconds, toSeconds) in Unix seconds; hours that lie partly in it count in part.
 * @returns null where the forecast does not hold all of it
 */
export function expectedEnergy({ series, choice, points }: SiteForecast, fromSeconds: number, toSeconds: number): ExpectedEnergy | null {
  const startSeconds = points[0]?.startSeconds
  const last = points.at(-1)
  if (startSeconds === undefined || !last || fromSeconds < startSeconds || toSeconds > last.startSeconds + HOUR_SECONDS) return null
  const hours = (toSeconds - fromSeconds) / HOUR_SECONDS
  const energyKwh = points.reduce((sum, { startSeconds: at, value }) => {
    const overlap = Math.min(toSeconds, at + HOUR_SECONDS) - Math.max(fromSeconds, at)
    return overlap > 0 ? sum + (value * overlap) / HOUR_SECONDS / 1000 : sum
  }, 0)
  const found = meanInterval(choice.errors, (fromSeconds - startSeconds) / HOUR_SECONDS, (toSeconds - startSeconds) / HOUR_SECONDS)
  if (!found) return { energyKwh, interval: null }
  const { least, most } = signBounds(series.values)
  const within = (watts: number) => Math.min(most, Math.max(least, energyKwh + (watts * hours) / 1000))
  const interval = { lowerKwh: within(found.lower), upperKwh: within(found.upper), percent: found.percent }
  return { energyKwh: within(found.middle), interval }
}
