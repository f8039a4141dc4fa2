import type { RegularSeries } from '@/lib/insights/forecast/regular-series'
import { leadDaysOf, MOST_LEAD_DAYS, type WeatherView } from '@/lib/insights/forecast/weather'
import type { WeatherRow } from './read-weather'

const DAY_SECONDS = 86_400
/** A row holds at most so long: coarser forecasts say too little of a time of day. */
const LONGEST_HOLD_SECONDS = 10_800

type Field = 'irradianceWattsPerSquareMetre' | 'temperatureCelsius'

/**
 * Lays forecasts of the weather on the steps of a series and of its horizon, by how long before they were said. What was said after
 * the series ends is not used; of steps to come the newest that was said counts for the lead they will be forecast at.
 */
export function alignWeather(rows: readonly WeatherRow[], series: RegularSeries, horizonSteps: number): WeatherView {
  const holdSeconds = usualHold(rows)
  const lay = (field: Field) => {
    const known = rows.filter((row) => !Number.isNaN(row[field]) && row.issuedSeconds <= endOf(series))
    return layField(known, field, series, horizonSteps, holdSeconds)
  }
  return { irradianceWattsPerSquareMetre: lay('irradianceWattsPerSquareMetre'), temperatureCelsius: lay('temperatureCelsius') }
}

const endOf = ({ startSeconds, stepSeconds, values }: RegularSeries) => startSeconds + values.length * stepSeconds

function layField(
  rows: readonly WeatherRow[],
  field: Field,
  series: RegularSeries,
  horizonSteps: number,
  holdSeconds: number,
): Float64Array[] {
  const { startSeconds, stepSeconds, values } = series
  const length = values.length + horizonSteps
  const laid = Array.from({ length: MOST_LEAD_DAYS }, () => new Float64Array(length).fill(Number.NaN))
  const byStep = rowsByStep(rows, series, length, holdSeconds)
  byStep.forEach((found, step) => {
    if (!found) return
    const end = startSeconds + (step + 1) * stepSeconds
    for (let leadDays = 1; leadDays <= MOST_LEAD_DAYS; leadDays++) {
      const isForecastAt = step >= values.length && leadDaysOf(values.length, step, stepSeconds) === leadDays
      laid[leadDays - 1]![step] = newestMean(found, field, isForecastAt ? Infinity : end - leadDays * DAY_SECONDS)
    }
  })
  return laid
}

/** Finer rows than the steps belong to the one they begin in; coarser ones to all steps whose middle they hold. */
function rowsByStep(
  rows: readonly WeatherRow[],
  series: RegularSeries,
  length: number,
  holdSeconds: number,
): (WeatherRow[] | undefined)[] {
  const { startSeconds, stepSeconds } = series
  const byStep = new Array<WeatherRow[] | undefined>(length)
  for (const row of rows) {
    const from = (row.seconds - startSeconds) / stepSeconds
    const first = holdSeconds < stepSeconds ? Math.floor(from) : Math.ceil(from - 0.5)
    const last = holdSeconds < stepSeconds ? first : Math.ceil(from + holdSeconds / stepSeconds - 0.5) - 1
    for (let step = Math.max(0, first); step <= Math.min(length - 1, last); step++) (byStep[step] ??= []).push(row)
  }
  return byStep
}

/** The mean over a step of what was last said of each of its times, until a moment. */
function newestMean(rows: readonly WeatherRow[], field: Field, untilSeconds: number): number {
  const newest = new Map<number, WeatherRow>()
  for (const row of rows) {
    if (row.issuedSeconds > untilSeconds) continue
    const other = newest.get(row.seconds)
    if (!other || other.issuedSeconds < row.issuedSeconds) newest.set(row.seconds, row)
  }
  const values = [...newest.values()].map((row) => row[field])
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** How long a row holds: until the next one. */
function usualHold(rows: readonly WeatherRow[]): number {
  const times = [...new Set(rows.map(({ seconds }) => seconds))].sort((a, b) => a - b)
  const gaps = times.slice(1).map((time, index) => time - times[index]!).sort((a, b) => a - b)
  return Math.min(LONGEST_HOLD_SECONDS, gaps[Math.floor(gaps.length / 2)] ?? 3600)
}
