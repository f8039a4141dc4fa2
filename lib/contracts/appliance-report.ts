import { z } from 'zod'
import { APPLIANCES } from './appliances'

const runSchema = z.object({
  /** Unix seconds. */
  startedAt: z.number(),
  /** null while it goes on. */
  endedAt: z.number().nullable(),
  /** Of one that goes on: since when its appliance has been off, Unix seconds. It may come on again and go on. */
  pausedAt: z.number().nullable(),
  energyKwh: z.number(),
  cost: z.number(),
  confidence: z.number(),
})

/** The lower quarter, the middle and the upper quarter of what runs were. */
const spreadSchema = z.object({ low: z.number(), median: z.number(), high: z.number() })
export type Spread = z.infer<typeof spreadSchema>

export const typicalRunSchema = z.object({
  /** How many runs it was made of: the newest complete ones. */
  runs: z.number().int(),
  durationSeconds: spreadSchema,
  energyKwh: spreadSchema,
  cost: spreadSchema,
  /** Mean estimated watts of each minute from the start on, over those runs; a run that is over counts as 0. */
  minuteWatts: z.array(spreadSchema),
})
export type TypicalRun = z.infer<typeof typicalRunSchema>

export const applianceWeekSchema = z.object({
  /** Monday 0:00 at the site, Unix seconds. */
  startTimestamp: z.number(),
  /** Runs that started in it. */
  runs: z.number().int(),
  energyKwh: z.number(),
  cost: z.number(),
  /** Share of the week that was measured, 0..1; 0 = nothing is known of it. */
  coverage: z.number(),
  /** Share of the measured time it was on, 0..1. */
  duty: z.number().nullable(),
})
export type ApplianceWeek = z.infer<typeof applianceWeekSchema>

/** In homes that the model was not trained on, though its thresholds were chosen there. */
export const publishedAccuracySchema = z.object({
  /** Of the seconds on, 0..1. */
  f1: z.number(),
  homes: z.number().int(),
  runs: z.number().int(),
})
export type PublishedAccuracy = z.infer<typeof publishedAccuracySchema>

/** All of it estimated from the main meter. */
export const applianceReportSchema = z.object({
  buildingId: z.string(),
  buildingName: z.string(),
  simulated: z.boolean(),
  appliance: z.enum(APPLIANCES),
  /** Whether the model in use estimates it at all; null before its first estimate. */
  isAvailable: z.boolean().nullable(),
  /** Whether the model has not been shown to be right of it in enough homes. */
  isExperimental: z.boolean(),
  /** For the kind of meter, slower or faster, that it is told worse by; null where too few runs were measured. */
  accuracy: publishedAccuracySchema.nullable(),
  lastRun: runSchema.nullable(),
  typicalRun: typicalRunSchema.nullable(),
  /** Oldest first, the week in progress last. */
  weeks: z.array(applianceWeekSchema),
  /** Share of the measured time it was on, in the last seven days and the seven before; null where nothing was measured. */
  duty: z.object({ recent: z.number().nullable(), before: z.number().nullable() }),
  /** Energy a measured day in the last four weeks against the four before; null where one of them has less than a week. */
  trend: z.object({ recentKwhPerDay: z.number(), beforeKwhPerDay: z.number(), change: z.number().nullable() }).nullable(),
})
export type ApplianceReport = z.infer<typeof applianceReportSchema>
