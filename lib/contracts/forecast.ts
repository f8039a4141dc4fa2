import { z } from 'zod'

/** What can be forecast of a site besides its appliances: what its meter draws less what it feeds in, and what it feeds in. */
export const FORECAST_SERIES = ['load', 'solar'] as const
export type ForecastSeries = (typeof FORECAST_SERIES)[number]

/** `1h` to `168h`, `1d` to `7d`. */
export const horizonSchema = z
  .string()
  .regex(/^(([1-9]|[1-9]\d|1[0-5]\d|16[0-8])h|[1-7]d)$/, 'Must be 1h to 168h, or 1d to 7d.')

const decimal = z.string().regex(/^-?\d+\.\d{2}$/)

export const forecastAnswerSchema = z.object({
  success: z.literal(true),
  siteId: z.string(),
  horizon: z.string(),
  data: z.array(
    z.object({
      /** ISO 8601, UTC: the hour begins here. */
      timestamp: z.string(),
      /** W, mean of the hour. */
      predictedPower: decimal,
      /** 0.00 to 1.00: r / (r + b), r the range in which 99 of 100 past hours lie, b the width of the band; 0.50 knows no more than r. */
      confidence: decimal,
      /** W: between the two lie about 95 of 100 hours. */
      lower95: decimal,
      upper95: decimal,
    }),
  ),
})
export type ForecastAnswer = z.infer<typeof forecastAnswerSchema>

const bandPoint = z.object({
  /** Unix seconds: the hour begins here. */
  startSeconds: z.number(),
  /** W, mean of the hour. */
  value: z.number(),
  lower95: z.number(),
  upper95: z.number(),
})

export const forecastReportSchema = z.object({
  siteId: z.string(),
  timeZone: z.string(),
  isSimulated: z.boolean(),
  /** The version of the site's forecast that made it; null: a first guess, before there is one. */
  versionId: z.string().nullable(),
  points: z.array(bandPoint),
  /** Of all points together: the likely energy, which is not what their single values add up to, and within what it lies. */
  total: z.object({
    /** kWh. */
    energyKwh: z.number(),
    /** In `percent` of 100 such stretches it lies within, as far as the past goes; null: too few could be tried, and the energy is what the points add up to. */
    interval: z.object({ lowerKwh: z.number(), upperKwh: z.number(), percent: z.number() }).nullable(),
  }),
  /** What today's choice of method and band, given only readings from before the last day, says of it, and what came; null: not measured. */
  lastDay: z.array(bandPoint.extend({ actual: z.number().nullable() })),
  /** Ways to forecast and their shares in the mix. */
  blend: z.array(z.object({ name: z.string(), share: z.number() })),
  /** Whose forecasts of the weather it follows: the weather service's (its credit is due), or those brought along; null: it follows none. */
  weather: z.enum(['fetched', 'own']).nullable(),
  backtest: z.object({
    origins: z.number(),
    /** W. */
    meanAbsoluteError: z.number(),
    /** W: of repeating the day before. */
    naiveDayError: z.number(),
    coverage: z.number().nullable(),
  }),
  /** What makes it less sure: that a better choice is still being made (`provisional`), a short history, missing values, days in which nobody seems to be there. */
  notes: z.array(
    z.object({
      kind: z.enum(['provisional', 'short', 'missing', 'quiet']),
      days: z.number(),
      /** How many of 100 values are missing; 0 otherwise. */
      percent: z.number(),
      /** The same as a sentence. */
      text: z.string(),
    }),
  ),
})
export type ForecastReport = z.infer<typeof forecastReportSchema>
