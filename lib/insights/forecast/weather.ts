/** Of forecasts said up to this many days ahead, what was said is kept: Open-Meteo's archive of past forecasts ends there. */
export const MOST_LEAD_DAYS = 7
const DAY_SECONDS = 86_400

/**
 * What was forecast of the weather of each step of a series, by how long before. NaN where nothing is known.
 * Both fields are [leadDays - 1][step of the series' calendar, which reaches into the future]: row k - 1 holds the newest
 * forecast of a step that had been said at least k days before the step ended. Steps to come have each row that was said by
 * now; for a step that ends within a day from now, that is row 0.
 */
export interface WeatherView {
  /** Global horizontal irradiance, W/m2, mean of the step. */
  irradianceWattsPerSquareMetre: readonly Float64Array[]
  /** At 2 m above ground, °C, mean of the step. */
  temperatureCelsius: readonly Float64Array[]
}

/**
 * The lead that a task may use for one of its targets: what had been said that many days before the target's end had been
 * said at the origin. Null beyond MOST_LEAD_DAYS: nothing is known.
 */
export function leadDaysOf(origin: number, target: number, stepSeconds: number): number | null {
  const leadDays = Math.max(1, Math.ceil(((target - origin + 1) * stepSeconds) / DAY_SECONDS))
  return leadDays > MOST_LEAD_DAYS ? null : leadDays
}

/** What had been said of a step at an origin; of a step before it, a day before that step. NaN where nothing is known. */
export function saidAt(rows: readonly Float64Array[], origin: number, step: number, stepSeconds: number): number {
  const leadDays = leadDaysOf(origin, step, stepSeconds)
  return leadDays === null ? Number.NaN : (rows[leadDays - 1]?.[step] ?? Number.NaN)
}

/** The same by the hour, the first of which begins `phase` steps after the view's start; NaN where an hour has none. */
export function hourlyWeather(weather: WeatherView, phase: number, perHour: number, hours: number): WeatherView {
  const byHour = (row: Float64Array) =>
    Float64Array.from({ length: hours }, (_, hour) => {
      let [sum, count] = [0, 0]
      for (const value of row.subarray(phase + hour * perHour, phase + (hour + 1) * perHour)) {
        if (Number.isNaN(value)) continue
        sum += value
        count++
      }
      return sum / count
    })
  return {
    irradianceWattsPerSquareMetre: weather.irradianceWattsPerSquareMetre.map(byHour),
    temperatureCelsius: weather.temperatureCelsius.map(byHour),
  }
}
