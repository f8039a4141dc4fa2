import { z } from 'zod'

/** What a person says of a site's weather. */
export const weatherSettingsSchema = z.object({
  /** Degrees, north and east positive; kept and sent rounded to 0.01, about a kilometre. */
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  /** Whether the place may be sent to the weather service. */
  isOn: z.boolean(),
})
export type WeatherSettings = z.infer<typeof weatherSettingsSchema>

/**
 * status: the service answered with an error; timeout: not in time; unreachable: not at all; too_large and unreadable: with
 * something that is no forecast.
 */
export const WEATHER_FAILURES = ['status', 'timeout', 'unreachable', 'too_large', 'unreadable'] as const
export type WeatherFailure = (typeof WEATHER_FAILURES)[number]

/** Why the last attempt brought nothing, as it is stored. */
export const weatherErrorSchema = z.object({
  kind: z.enum(WEATHER_FAILURES),
  /** HTTP status of `status`. */
  status: z.number().int().nullable(),
  /** What the service said of it, shortened. */
  reason: z.string().nullable(),
})
export type WeatherError = z.infer<typeof weatherErrorSchema>

/** To be shown wherever fetched forecasts are, or what was made of them; the names are names in every language. */
export const WEATHER_CREDIT = {
  name: 'Open-Meteo.com',
  url: 'https://open-meteo.com/',
  licence: 'CC BY 4.0',
  licenceUrl: 'https://creativecommons.org/licenses/by/4.0/',
} as const

const extent = z.object({
  hours: z.number().int(),
  /** Unix seconds: the first hour begins, the last one ends. */
  fromSeconds: z.number(),
  toSeconds: z.number(),
})

export const weatherStateSchema = z.object({
  /** null: nobody gave one, and nothing is asked for. */
  place: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
  isOn: z.boolean(),
  /** Who is asked, and told the place. */
  hosts: z.array(z.string()),
  /** To be shown wherever forecasts fetched from the service are, or what was made of them. */
  credit: z.object({ name: z.string(), url: z.string(), licence: z.string(), licenceUrl: z.string() }),
  /** Unix seconds, as below. */
  lastFetchSeconds: z.number().nullable(),
  nextFetchSeconds: z.number().nullable(),
  lastError: weatherErrorSchema.extend({ atSeconds: z.number(), text: z.string() }).nullable(),
  /** What is stored; null: nothing. */
  fetched: extent.nullable(),
  own: extent.nullable(),
})
export type WeatherState = z.infer<typeof weatherStateSchema>

export const MOST_WEATHER_HOURS = 20_000
export const WEATHER_KEPT_DAYS = 400

/** A forecast that somebody brings along. */
export const weatherForecastsBodySchema = z.object({
  hours: z
    .array(
      z
        .object({
          /** ISO 8601 with an offset, on a full hour. */
          startsAt: z.iso.datetime({ offset: true }),
          /** When the forecast was made, ISO 8601 with an offset: a trial on the past uses only what had been said by then. */
          issuedAt: z.iso.datetime({ offset: true }),
          /** Global horizontal, W/m2, mean of the hour. */
          irradianceWattsPerSquareMetre: z.number().min(0).max(1500).nullable().default(null),
          /** °C at 2 m above ground, mean of the hour. */
          temperatureCelsius: z.number().min(-90).max(70).nullable().default(null),
        })
        .refine(
          ({ irradianceWattsPerSquareMetre, temperatureCelsius }) => irradianceWattsPerSquareMetre !== null || temperatureCelsius !== null,
          'Give the irradiance, the temperature or both.',
        ),
    )
    .min(1)
    .max(MOST_WEATHER_HOURS),
})
export type WeatherForecastsBody = z.infer<typeof weatherForecastsBodySchema>

export const weatherForecastsStoredSchema = z.object({
  /** Fewer than were sent where a later forecast of the same hour and day before it was there, or sent along. */
  stored: z.number().int(),
  /** Unix seconds of the first and last hour. */
  from: z.number(),
  to: z.number(),
})
export type WeatherForecastsStored = z.infer<typeof weatherForecastsStoredSchema>
