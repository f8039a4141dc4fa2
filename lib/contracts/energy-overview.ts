import { z } from 'zod'
import { alwaysOnSchema, energyReportSchema, energySumSchema, peakDemandSchema } from './energy'

/** A stretch of the past beside the same days of this month. */
export const comparisonSchema = z.object({
  from: z.number(),
  to: z.number(),
  energyKwh: z.number().nullable(),
  cost: z.number().nullable(),
  coverage: z.number(),
  /** How much more this month drew in the measured time of the same days: 0.1 = 10 % more; null where too little was measured. */
  change: z.number().nullable(),
})

export const energyOverviewSchema = z.object({
  siteId: z.string(),
  timestamp: z.number(),
  timeZone: z.string(),
  currency: z.string(),
  isSimulated: z.boolean(),
  firstReadingAt: z.number().nullable(),
  now: z.object({
    powerWatts: z.number().nullable(),
    costPerHour: z.number().nullable(),
    pricePerKwh: z.number().nullable(),
    measuredAt: z.number().nullable(),
  }),
  today: energySumSchema,
  /** The whole month by day; days to come are null. */
  month: energyReportSchema,
  expected: z
    .object({
      energyKwh: z.number(),
      lowKwh: z.number(),
      highKwh: z.number(),
      cost: z.number().nullable(),
      lowCost: z.number().nullable(),
      highCost: z.number().nullable(),
      /** Past days it rests on. */
      days: z.number().int(),
    })
    .nullable(),
  /** Full days of this month that are compared. */
  comparedDays: z.number().int(),
  lastMonth: comparisonSchema.nullable(),
  yearAgo: comparisonSchema.nullable(),
  alwaysOn: alwaysOnSchema.nullable(),
  peakThisMonth: peakDemandSchema.nullable(),
})
export type EnergyOverview = z.infer<typeof energyOverviewSchema>
export type EnergyComparison = z.infer<typeof comparisonSchema>
