import { z } from 'zod'

/** Prices are in the site's currency per kWh; a negative price is one that pays for drawing. */
const price = z.number().min(-1000).max(1000)
const name = z.string().trim().min(1).max(60)
const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):(00|15|30|45)$|^24:00$/, 'Write a time of day on a quarter of an hour, as in 06:00 or 21:30.')
const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'Write month and day, as in 10-01.')
const LEAP_YEAR = 2024
const localDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'Write a date, as in 2026-01-31.')
  .refine((text) => new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) ?? false, 'There is no such date.')

const flatRateSchema = z.object({ kind: z.literal('flat'), pricePerKwh: price })

const timeOfUseWindowSchema = z.object({
  name,
  /** 1 = Monday ... 7 = Sunday. */
  weekdays: z.array(z.number().int().min(1).max(7)).min(1),
  /** Local time of day; `from` after `to` runs over midnight, and then belongs to the weekday it began on. */
  from: clockTime,
  to: clockTime,
  /** 1 = January; every month where absent. */
  months: z.array(z.number().int().min(1).max(12)).min(1).optional(),
  pricePerKwh: price,
})

const timeOfUseRateSchema = z.object({
  kind: z.literal('time_of_use'),
  /** Whenever no window applies. Of several that do, the first counts. */
  defaultPricePerKwh: price,
  windows: z.array(timeOfUseWindowSchema).min(1).max(24),
})

const seasonalRateSchema = z.object({
  kind: z.literal('seasonal'),
  defaultPricePerKwh: price,
  seasons: z
    .array(
      z.object({
        name,
        /** First and last day, both included; `from` after `to` runs over the new year. */
        from: monthDay.refine(isDayOfYear, 'There is no such day.'),
        to: monthDay.refine(isDayOfYear, 'There is no such day.'),
        pricePerKwh: price,
      }),
    )
    .min(1)
    .max(12),
})

const tieredRateSchema = z.object({
  kind: z.literal('tiered'),
  /** Each calendar month begins again with the first block; the last one has no end. */
  blocks: z
    .array(z.object({ upToKwh: z.number().positive().nullable(), pricePerKwh: price }))
    .min(1)
    .max(12)
    .refine(
      (blocks) =>
        blocks.every(({ upToKwh }, index) =>
          index === blocks.length - 1 ? upToKwh === null : upToKwh !== null && upToKwh > (blocks[index - 1]?.upToKwh ?? 0)),
      'Blocks need rising limits, and the last one none (null).',
    ),
})

const dynamicRateSchema = z.object({
  kind: z.literal('dynamic'),
  /** A kWh costs the hour's stored price times the multiplier, plus the surcharge (taxes, grid fees). */
  multiplier: z.number().min(0).max(10).default(1),
  surchargePerKwh: price.default(0),
  /** Where no hourly price is stored; null: that time has no price, and sums say so. */
  fallbackPricePerKwh: price.nullable().default(null),
})

export const tariffRateSchema = z.discriminatedUnion('kind', [
  flatRateSchema,
  timeOfUseRateSchema,
  seasonalRateSchema,
  tieredRateSchema,
  dynamicRateSchema,
])
export type TariffRate = z.infer<typeof tariffRateSchema>

/** What a person says of a tariff. */
export const newTariffSchema = z.object({
  name,
  /** First local day on which it holds; it does until the next tariff begins. */
  validFrom: localDate,
  /** Per local day, whatever is drawn. */
  standingChargePerDay: z.number().min(0).max(10_000).default(0),
  /** For each kWh fed in. */
  exportCreditPerKwh: z.number().min(0).max(1000).default(0),
  rate: tariffRateSchema,
})
export type NewTariff = z.infer<typeof newTariffSchema>

export const tariffSchema = newTariffSchema.extend({
  id: z.string(),
  /** ISO 4217; the site's own when the tariff was entered. Time under another currency than the site's has no price. */
  currency: z.string(),
})
export type Tariff = z.infer<typeof tariffSchema>

export const siteTariffsSchema = z.object({
  currency: z.string(),
  /** What holds before the first tariff begins, also for energy fed in: the site's plain price. */
  pricePerKwhBefore: z.number(),
  /** By first day. */
  data: z.array(tariffSchema),
})
export type SiteTariffs = z.infer<typeof siteTariffsSchema>

export const HOURLY_VALUE_KINDS = ['price', 'carbon'] as const
/** price: currency per kWh; carbon: grams of CO2 equivalent per kWh. */
export type HourlyValueKind = (typeof HOURLY_VALUE_KINDS)[number]

export const MOST_HOURLY_VALUES = 20_000

/** Values that hold from their start until the next one's, an hour at most. */
export const hourlyValuesBodySchema = z.object({
  values: z
    .array(
      z.object({
        /** ISO 8601 with an offset, on a quarter of an hour. */
        startsAt: z.iso.datetime({ offset: true }),
        value: z.number().min(-100_000).max(100_000),
      }),
    )
    .min(1)
    .max(MOST_HOURLY_VALUES),
})

export const hourlyValuesStoredSchema = z.object({
  stored: z.number().int(),
  /** Lines of a CSV file that could not be used, the first twenty. */
  rejected: z.array(z.object({ line: z.number().int(), reason: z.string() })),
  rejectedCount: z.number().int(),
  /** Unix seconds of the first and last value. */
  from: z.number().nullable(),
  to: z.number().nullable(),
})
export type HourlyValuesStored = z.infer<typeof hourlyValuesStoredSchema>

export const hourlyValuesSchema = z.object({
  kind: z.enum(HOURLY_VALUE_KINDS),
  /** Unix seconds and value, oldest first. */
  data: z.array(z.object({ startsAt: z.number(), value: z.number() })),
})

/** Grams of CO2 equivalent per kWh drawn, from a local day on; hourly values, where stored, go first. */
export const carbonFactorSchema = z.object({ validFrom: localDate, gramsPerKwh: z.number().min(0).max(5000) })
export type CarbonFactor = z.infer<typeof carbonFactorSchema>

export const carbonFactorsSchema = z.object({
  data: z.array(carbonFactorSchema).max(100).refine(
    (factors) => new Set(factors.map(({ validFrom }) => validFrom)).size === factors.length,
    'Each first day may occur once.',
  ),
})

function isDayOfYear(text: string): boolean {
  return new Date(`${LEAP_YEAR}-${text}T00:00:00Z`).toJSON()?.slice(5, 10) === text
}
