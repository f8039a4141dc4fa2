import type { ForecastTask, SeriesView } from './candidate'
import { clearSkyHour, type Place, sunPosition } from './clear-sky'
import type { FeatureRow } from './load-features'
import { weightedQuantile } from './weighted-quantile'

/** Columns of a row; a change needs the network trained again. */
export const SOLAR_FEATURES = 30
/** How far back the recurrent network looks, and what it sees of each hour; a change needs it trained again. */
export const PAST_HOURS = 120
export const PAST_COLUMNS = 3
/** Below this irradiance (W/m2) a share of the clear sky says nothing. */
export const LEAST_IRRADIANCE = 60
const REFERENCE_DAYS = 45
const PROFILE_DAYS = 30

/** An hourly series of generation as shares of what a clear sky would give. */
export class ClearSkyShares {
  /** W/m2 by step, horizon included. */
  readonly irradiance: Float64Array

  constructor(
    readonly view: SeriesView,
    readonly place: Place,
  ) {
    const { startSeconds, stepSeconds, length } = view.calendar
    this.irradiance = Float64Array.from({ length }, (_, step) => clearSkyHour(place, startSeconds + step * stepSeconds))
  }

  /** Series' unit per W/m2 under the clearest sky of the last weeks; NaN where unknown. */
  reference(origin: number): number {
    const ratios: number[] = []
    for (let step = Math.max(0, origin - REFERENCE_DAYS * 24); step < origin; step++) {
      const ratio = this.view.values[step]! / this.irradiance[step]!
      if (this.irradiance[step]! >= 200 && !Number.isNaN(ratio)) ratios.push(ratio)
    }
    return ratios.length < 30 ? Number.NaN : weightedQuantile(ratios, ratios.map(() => 1), 0.9)
  }

  /** Series' unit per W/m2 over the last `hours` of daylight that are known, none older than three days; NaN where there are none. */
  recentYield(origin: number, hours: number): number {
    let [got, could, seen] = [0, 0, 0]
    for (let step = origin - 1; step >= Math.max(0, origin - 72) && seen < hours; step--) {
      if (Number.isNaN(this.view.values[step]!) || this.irradiance[step]! < LEAST_IRRADIANCE) continue
      got += this.view.values[step]!
      could += this.irradiance[step]!
      seen++
    }
    return could > 0 ? got / could : Number.NaN
  }

  share(step: number, reference: number): number {
    if (step < 0 || !(this.irradiance[step]! >= LEAST_IRRADIANCE)) return Number.NaN
    return Math.max(0, Math.min(1.6, this.view.values[step]! / (reference * this.irradiance[step]!)))
  }
}

/**
 * The hours before an origin, oldest first, PAST_COLUMNS each: share of the clear sky, whether it is known, clear-sky irradiance
 * (kW/m2). Null where the sky of the last weeks is not known.
 */
export function solarPast(shares: ClearSkyShares, origin: number): Float32Array | null {
  const reference = shares.reference(origin)
  if (!(reference > 0)) return null
  const past = new Float32Array(PAST_HOURS * PAST_COLUMNS)
  for (let hour = 0; hour < PAST_HOURS; hour++) {
    const step = origin - PAST_HOURS + hour
    const share = shares.share(step, reference)
    past[hour * PAST_COLUMNS] = Number.isNaN(share) ? 0 : share
    past[hour * PAST_COLUMNS + 1] = Number(!Number.isNaN(share))
    past[hour * PAST_COLUMNS + 2] = step < 0 ? 0 : shares.irradiance[step]! / 1000
  }
  return past
}

/** Rows for the steps of a task; null at night and where the sky of the last weeks is not known. */
export function solarFeatures(shares: ClearSkyShares, { origin, targets }: ForecastTask): (FeatureRow | null)[] {
  const { view, place, irradiance } = shares
  const { calendar } = view
  const reference = shares.reference(origin)
  if (!(reference > 0)) return [...targets].map(() => null)
  const shareAt = (step: number) => (step < origin ? shares.share(step, reference) : Number.NaN)
  /** Energy-weighted share of the clear sky over the last hours; the mean of the last month where unknown. */
  const over = (from: number, to: number, otherwise: number) => {
    let [got, could] = [0, 0]
    for (let step = Math.max(0, from); step < to; step++) {
      if (Number.isNaN(view.values[step]!) || irradiance[step]! < LEAST_IRRADIANCE) continue
      got += view.values[step]!
      could += reference * irradiance[step]!
    }
    return could > 0 ? Math.min(1.6, got / could) : otherwise
  }
  const month = over(origin - PROFILE_DAYS * 24, origin, 0.6)
  const days = [0, 1, 2, 3].map((back) => over(origin - 24 * (back + 1), origin - 24 * back, month))
  const daylight: { step: number; share: number }[] = []
  for (let step = origin - 1; step >= Math.max(0, origin - 48) && daylight.length < 6; step--) {
    const share = shareAt(step)
    if (!Number.isNaN(share)) daylight.push({ step, share })
  }
  const last = daylight[0]
  const meanOf = (count: number) => {
    const some = daylight.slice(0, count)
    return some.length === 0 ? month : some.reduce((sum, { share }) => sum + share, 0) / some.length
  }
  const lastDay = lastShares(shareAt, origin)
  return [...targets].map((target) => {
    if (irradiance[target]! < 5) return null
    const ahead = target - origin + 1
    const day = Math.ceil(ahead / 24)
    const usual = profileShare(shareAt, target, day, month)
    const lags = [0, 1, 2, 3].map((lag) => {
      const share = shareAt(target - 24 * (day + lag))
      return Number.isNaN(share) ? usual : share
    })
    const { sinElevation, hourAngleDegrees } = sunPosition(place, calendar.startSeconds + target * 3600 + 1800)
    const year = (2 * Math.PI * (calendar.startSeconds + target * 3600)) / (365.2425 * 86_400)
    const columns = [
      irradiance[target]! / 1000,
      Math.max(0, sinElevation),
      hourAngleDegrees / 90,
      (hourAngleDegrees / 90) ** 2,
      Math.sin(year),
      Math.cos(year),
      Math.log(ahead) / 3,
      Math.min(ahead, 168) / 48,
      usual,
      month,
      ...days,
      meanOf(1),
      meanOf(3),
      meanOf(6),
      last ? Math.min(24, origin - last.step) / 12 : 2,
      last ? Math.exp(-(target - last.step) / 4) : 0,
      last ? (last.share - usual) * Math.exp(-(target - last.step) / 4) : 0,
      ...lags,
      lags[0]! - days[0]!,
      over(origin - 168, origin, month),
      lastDay.spread,
      lastDay.least,
      lastDay.most,
      over(origin - 6, origin, days[0]!) - days[0]!,
    ]
    return { columns: Float32Array.from(columns), base: 0, scale: reference * irradiance[target]! }
  })
}

function profileShare(shareAt: (step: number) => number, target: number, firstDay: number, otherwise: number): number {
  let [sum, total] = [0, 0]
  for (let back = firstDay; back < firstDay + PROFILE_DAYS; back++) {
    const share = shareAt(target - 24 * back)
    if (Number.isNaN(share)) continue
    const weight = 0.5 ** ((back - firstDay) / 10)
    sum += weight * share
    total += weight
  }
  return total > 0 ? sum / total : otherwise
}

function lastShares(shareAt: (step: number) => number, origin: number) {
  const seen: number[] = []
  for (let step = origin - 24; step < origin; step++) {
    const share = shareAt(step)
    if (!Number.isNaN(share)) seen.push(share)
  }
  if (seen.length === 0) return { spread: 0, least: 0, most: 0 }
  const mean = seen.reduce((sum, value) => sum + value, 0) / seen.length
  const spread = Math.sqrt(seen.reduce((sum, value) => sum + (value - mean) ** 2, 0) / seen.length)
  return { spread, least: Math.min(...seen), most: Math.max(...seen) }
}
