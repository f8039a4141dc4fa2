import { z } from 'zod'
import { leadDaysBefore, LONGEST_LEAD_DAYS, type WeatherHour } from '@/lib/domain/weather-hours'

const HOUR_SECONDS = 3600
const DAY_SECONDS = 86_400
const IRRADIANCE = 'shortwave_radiation'
const TEMPERATURE = 'temperature_2m'

/** Names of what is asked for. */
export const FORECAST_VARIABLES = [TEMPERATURE, IRRADIANCE]
export const HISTORY_VARIABLES = Array.from({ length: LONGEST_LEAD_DAYS }, (_, index) => index + 1).flatMap((days) =>
  FORECAST_VARIABLES.map((name) => previous(name, days)),
)

/** As it was said this many days before; see https://open-meteo.com/en/docs/previous-runs-api. */
function previous(name: string, days: number): string {
  return `${name}_previous_day${days}`
}

const column = (least: number, most: number) => z.array(z.number().min(least).max(most).nullable())

function answerSchema(names: readonly string[]) {
  const columns = names.map((name) => [name, name.startsWith(TEMPERATURE) ? column(-100, 80) : column(-50, 2000)] as const)
  return z
    .object({ hourly: z.object({ time: z.array(z.number().int()).min(2), ...Object.fromEntries(columns) }) })
    .transform(({ hourly }) => hourly as Record<string, (number | null)[]> & { time: number[] })
    .refine(({ time }) => time.every((at, i) => at % HOUR_SECONDS === 0 && (i === 0 || at > time[i - 1]!)), 'The times are no rising full hours.')
    .refine((hourly) => names.every((name) => hourly[name]?.length === hourly.time.length), 'The columns are not as long as the times.')
}

/**
 * The newest forecast of the hours that are not over.
 * @param saidSeconds Unix seconds, when it was asked for
 * @throws z.ZodError where the answer has another form
 */
export function readForecastAnswer(answer: unknown, saidSeconds: number): WeatherHour[] {
  const hourly = answerSchema(FORECAST_VARIABLES).parse(answer)
  return hoursOf(hourly.time, hourly[IRRADIANCE]!, hourly[TEMPERATURE]!).flatMap((hour) => {
    const leadDays = leadDaysBefore(hour.startSeconds, saidSeconds)
    return leadDays === null ? [] : [{ ...hour, saidSeconds, leadDays }]
  })
}

/**
 * Forecasts of the past, each hour by how many days before it was said: those of `_previous_day3` come from a model run that began
 * at least 72 hours before the hour's end.
 * @throws z.ZodError where the answer has another form
 */
export function readHistoryAnswer(answer: unknown): WeatherHour[] {
  const hourly = answerSchema(HISTORY_VARIABLES).parse(answer)
  return Array.from({ length: LONGEST_LEAD_DAYS }, (_, index) => index + 1).flatMap((leadDays) =>
    hoursOf(hourly.time, hourly[previous(IRRADIANCE, leadDays)]!, hourly[previous(TEMPERATURE, leadDays)]!).map((hour) => ({
      ...hour,
      leadDays,
      saidSeconds: hour.startSeconds + HOUR_SECONDS - leadDays * DAY_SECONDS,
    })),
  )
}

/**
 * Radiation is the mean of the hour before its time, so that of an hour stands at its end; temperature is that of an instant, so
 * that of an hour is the mean of its two ends. Hours of which nothing is said are left out.
 */
function hoursOf(time: readonly number[], irradiances: readonly (number | null)[], temperatures: readonly (number | null)[]) {
  return time.flatMap((startSeconds, i) => {
    if (time[i + 1] !== startSeconds + HOUR_SECONDS) return []
    const [given, from, to] = [irradiances[i + 1] ?? null, temperatures[i] ?? null, temperatures[i + 1] ?? null]
    const irradiance = given === null ? null : Math.max(0, given)
    const temperature = from === null || to === null ? null : (from + to) / 2
    return irradiance === null && temperature === null ? [] : [{ startSeconds, irradiance, temperature }]
  })
}
