const HOUR_SECONDS = 3600
const DAY_SECONDS = 86_400
/** Forecasts said longer before than this many days count as said this long before. */
export const LONGEST_LEAD_DAYS = 7

/** What was said of the weather of one hour. */
export interface WeatherHour {
  /** Unix seconds, on a full hour. */
  startSeconds: number
  /** Unix seconds: it was known by then. */
  saidSeconds: number
  /** How many full days before the end of the hour it was said. */
  leadDays: number
  /** Global horizontal irradiance, W/m2, mean of the hour; null where nothing was said, as below. */
  irradiance: number | null
  /** At 2 m above ground, °C, mean of the hour. */
  temperature: number | null
}

/** How many full days before the end of an hour something was said of it, 0 to LONGEST_LEAD_DAYS; null: only once it was over. */
export function leadDaysBefore(startSeconds: number, saidSeconds: number): number | null {
  const before = startSeconds + HOUR_SECONDS - saidSeconds
  return before <= 0 ? null : Math.min(LONGEST_LEAD_DAYS, Math.floor(before / DAY_SECONDS))
}

/** Of several forecasts of an hour with the same lead, the one said last. */
export function newestByLead(hours: readonly WeatherHour[]): WeatherHour[] {
  const newest = new Map<string, WeatherHour>()
  for (const hour of hours) {
    const key = `${hour.startSeconds} ${hour.leadDays}`
    const known = newest.get(key)
    if (!known || known.saidSeconds <= hour.saidSeconds) newest.set(key, hour)
  }
  return [...newest.values()].sort((a, b) => a.startSeconds - b.startSeconds || a.leadDays - b.leadDays)
}
