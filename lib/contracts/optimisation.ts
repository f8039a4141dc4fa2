import { z } from 'zod'
import { APPLIANCES } from './appliances'
import { newTariffSchema } from './tariffs'

export const RECOMMENDATION_TYPES = ['load_shifting', 'tariff_choice', 'battery_schedule', 'standby_cut', 'peak_shaving'] as const
export type RecommendationType = (typeof RECOMMENDATION_TYPES)[number]

/** What a saving rests on, and why a kind of saving is not there. Pages say them in the reader's language by key and values. */
export const STATEMENT_KEYS = [
  'sameRuns', 'window', 'heatPump', 'order', 'netting', 'countedDays', 'separately', 'monthBlock', 'batteryEmpty', 'batteryStill',
  'billingMonth', 'bestWeeks', 'season', 'sameUse', 'standingCharges', 'shortYear', 'notProven', 'peakLimit',
  'noRuns', 'flatPrice', 'alreadyBest', 'noDays', 'noOtherTariff', 'tariffNotPriced', 'noCheaperTariff', 'noBattery',
  'batteryNoGain', 'standbyTooShort', 'standbyAtBest', 'noDemandCharge', 'peakAtBest',
  'aheadForecast', 'aheadUsual', 'aheadStable', 'aheadRunning', 'aheadPricesEnd', 'aheadNotProven',
  'aheadNoForecast', 'aheadForecastPending', 'aheadNoPrices', 'aheadNothing',
] as const
export type StatementKey = (typeof STATEMENT_KEYS)[number]

export const statementSchema = z.object({
  key: z.enum(STATEMENT_KEYS),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  /** In English. */
  text: z.string(),
})
export type Statement = z.infer<typeof statementSchema>

const periodSchema = z.object({
  /** Unix seconds, half open. */
  from: z.number(),
  to: z.number(),
  /** Local days of it that count. */
  days: z.number().int(),
})

export const movedRunSchema = z.object({
  id: z.string(),
  appliance: z.enum(APPLIANCES),
  /** Unix seconds: when it ran, and when it would have. */
  startedAt: z.number(),
  suggestedStart: z.number(),
  durationSeconds: z.number(),
  energyKwh: z.number(),
  /** What it cost and would have cost; the savings of all runs of a plan add up to the plan's. */
  cost: z.number(),
  plannedCost: z.number(),
  savings: z.number(),
})
export type MovedRun = z.infer<typeof movedRunSchema>

export const recommendationSchema = z.object({
  type: z.enum(RECOMMENDATION_TYPES),
  title: z.string(),
  /** Over the period, in the currency of the site. */
  potentialSavings: z.number(),
  /** Of what the site's energy cost in the same days, %. */
  savingsPercentage: z.number(),
  priority: z.enum(['high', 'medium', 'low']),
  /** 0..1 */
  confidence: z.number().min(0).max(1),
  currency: z.string(),
  period: periodSchema,
  /** The site's cost in these days as it was and as it would have been. */
  currentCost: z.number(),
  plannedCost: z.number(),
  appliance: z.enum(APPLIANCES).nullable(),
  /** What it is about beside the appliance: the tariff's name; null where there is none. */
  subject: z.string().nullable(),
  /** Load shifting and peak shaving: the runs that would move, the most worthwhile first. */
  runs: z.array(movedRunSchema),
  /** Runs of the appliance that were looked at. */
  consideredRuns: z.number().int(),
  /** Standby and peaks: mean power as it is and as it would be. */
  power: z.object({ currentWatts: z.number(), plannedWatts: z.number() }).nullable(),
  /** Battery: mean power it takes in each hour of the local day over these days, negative while it gives, W. */
  batteryWattsByHour: z.array(z.number()).nullable(),
  assumptions: z.array(statementSchema),
})
export type Recommendation = z.infer<typeof recommendationSchema>

export const aheadRunSchema = z.object({
  id: z.string(),
  appliance: z.enum(APPLIANCES),
  buildingId: z.string(),
  /** Unix seconds: when such runs usually begin on that weekday, or when this one began, and when the plan lets it begin. */
  usualStart: z.number(),
  plannedStart: z.number(),
  durationSeconds: z.number(),
  energyKwh: z.number(),
  /** Of all runs they add up to what moving them saves. */
  savings: z.number(),
  confidence: z.number().min(0).max(1),
  /** Days of this weekday that had such a run, of those measured; null of one that runs already. */
  seenOn: z.number().int().nullable(),
  ofDays: z.number().int().nullable(),
  /** Already begun: it stays as it is. */
  isRunning: z.boolean(),
})

/** The coming hours by quarter of an hour, at most 24; all lists per quarter are as long. */
export const aheadPlanSchema = z.object({
  /** Unix seconds, half open. */
  from: z.number(),
  to: z.number(),
  currency: z.string(),
  importPrices: z.array(z.number()),
  exportPrices: z.array(z.number()),
  /** What is forecast to be drawn less what is fed in without the runs, kWh. */
  baseKwh: z.array(z.number()),
  /** With the runs at their usual times and without the battery, and under the plan. */
  currentCost: z.number(),
  plannedCost: z.number(),
  savings: z.number(),
  runs: z.array(aheadRunSchema),
  /** What it takes in by quarter of an hour, negative while it gives, W; null without one. */
  battery: z.object({ savings: z.number(), watts: z.array(z.number()) }).nullable(),
  peak: z.object({ usualWatts: z.number(), plannedWatts: z.number() }),
  /** Whether no plan is better; else it is the best found in time. */
  isProven: z.boolean(),
  assumptions: z.array(statementSchema),
})
export type AheadPlan = z.infer<typeof aheadPlanSchema>

export const optimizationSchema = z.object({
  success: z.literal(true),
  siteId: z.string(),
  timestamp: z.iso.datetime(),
  recommendations: z.array(recommendationSchema),
  /** The plan of the coming hours; where it is null, `notes` say why. */
  ahead: aheadPlanSchema.nullable(),
  /** Why there is no recommendation of some kind. */
  notes: z.array(statementSchema),
})
export type Optimization = z.infer<typeof optimizationSchema>

export const equipmentSchema = z.object({
  battery: z
    .object({
      capacityKwh: z.number().positive().max(10_000),
      /** In or out at most. */
      powerKw: z.number().positive().max(10_000),
      /** Of what goes in, how much comes out again. */
      roundTripEfficiency: z.number().min(0.3).max(1),
    })
    .nullable(),
  /** What the connection may draw on average over a quarter of an hour. */
  peakLimitWatts: z.number().positive().max(100_000_000).nullable(),
  /** Currency per kW of a month's highest quarter of an hour. */
  demandChargePerKw: z.number().positive().max(100_000).nullable(),
})
export type Equipment = z.infer<typeof equipmentSchema>
export const NO_EQUIPMENT: Equipment = { battery: null, peakLimitWatts: null, demandChargePerKw: null }

/** Tariffs a site could change to. `validFrom` says from when one could have it. */
export const tariffCandidatesSchema = z.object({ data: z.array(newTariffSchema).max(12) })
export type TariffCandidates = z.infer<typeof tariffCandidatesSchema>

const dateSchema = z
  .string()
  .regex(/^20\d{2}-\d{2}-\d{2}$/, 'Write a date, as in 2026-01-31.')
  .refine((text) => new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) ?? false, 'There is no such date.')

export const planBodySchema = z.object({
  /** A past local day. */
  day: dateSchema,
  moves: z
    .array(
      z.object({
        runId: z.string().min(1).max(200),
        /** Later where positive. */
        shiftMinutes: z.number().int().multipleOf(15, 'Runs move by quarters of an hour: 15, 30, -45.').min(-1500).max(1500),
      }),
    )
    .max(200),
})
export type PlanBody = z.infer<typeof planBodySchema>

export const dayRunSchema = z.object({
  id: z.string(),
  appliance: z.enum(APPLIANCES),
  startedAt: z.number(),
  durationSeconds: z.number(),
  energyKwh: z.number(),
  confidence: z.number(),
  startSlot: z.number().int(),
  slotKwh: z.array(z.number()),
  candidateSlots: z.array(z.number().int()),
  /** Where the optimiser puts it. */
  suggestedSlot: z.number().int(),
})
export type DayRun = z.infer<typeof dayRunSchema>

/** A day with what may move in it; all lists per quarter of an hour are as long. */
export const plannerDaySchema = z.object({
  day: z.string(),
  startSeconds: z.number(),
  importPrices: z.array(z.number()),
  exportPrices: z.array(z.number()),
  baseKwh: z.array(z.number()),
  runs: z.array(dayRunSchema),
})
export type PlannerDay = z.infer<typeof plannerDaySchema>

export const pricedPlanSchema = z.object({
  success: z.literal(true),
  siteId: z.string(),
  day: z.string(),
  currency: z.string(),
  /** Of the day's energy, without standing charges: as it was, and under the plan. */
  currentCost: z.number(),
  plannedCost: z.number(),
  savings: z.number(),
  peak: z.object({ currentWatts: z.number(), plannedWatts: z.number() }),
  runs: z.array(
    z.object({
      id: z.string(),
      appliance: z.enum(APPLIANCES),
      startedAt: z.number(),
      plannedStart: z.number(),
      energyKwh: z.number(),
      /** Beside everything else of the day; see `runCosts`. */
      currentCost: z.number(),
      plannedCost: z.number(),
      /** Whether it would lie within the times at which this home runs it, and after what it followed. */
      isUsualTime: z.boolean(),
    }),
  ),
})
export type PricedPlan = z.infer<typeof pricedPlanSchema>
