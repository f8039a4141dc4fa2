import { z } from 'zod'

export const ANOMALY_TYPES = [
  'unusual_consumption',
  'unusual_day',
  'appliance_long_run',
  'appliance_odd_hour',
  'appliance_not_running',
  'appliance_cycle_changed',
  'standby_rose',
  'voltage_low',
  'voltage_high',
  'frequency_deviation',
  'harmonic_distortion',
  'meter_gap',
  'meter_stuck',
  'meter_impossible',
] as const
export type AnomalyType = (typeof ANOMALY_TYPES)[number]

export const ANOMALY_SEVERITIES = ['critical', 'warning', 'info'] as const
export type AnomalySeverity = (typeof ANOMALY_SEVERITIES)[number]

export const ANOMALY_STATUSES = ['open', 'acknowledged', 'snoozed', 'dismissed'] as const
export type AnomalyStatus = (typeof ANOMALY_STATUSES)[number]

/** Unix seconds, value, what was expected (null where nothing was): what the judgement was made on. */
export const curvePointSchema = z.tuple([z.number(), z.number().nullable(), z.number().nullable()])
export type CurvePoint = z.infer<typeof curvePointSchema>

export const anomalySchema = z.object({
  id: z.string(),
  type: z.enum(ANOMALY_TYPES),
  severity: z.enum(ANOMALY_SEVERITIES),
  /** When it began, ISO 8601. */
  timestamp: z.string(),
  /** When it was last the case. */
  lastSeenAt: z.string(),
  value: z.number(),
  expectedValue: z.number(),
  /** How far the value is from what was expected, %, signed; 100 where nothing was expected. */
  deviation: z.number(),
  /** 0..1 */
  confidence: z.number(),
  /** Of value and expectedValue. */
  unit: z.string(),
  /** Appliance it is about; null for the whole building. */
  appliance: z.string().nullable(),
  buildingId: z.string(),
  /** One sentence with the evidence. */
  message: z.string(),
  /** What the sentence is made of, for other languages. */
  details: z.record(z.string(), z.union([z.string(), z.number()])),
  status: z.enum(ANOMALY_STATUSES),
  snoozedUntil: z.string().nullable(),
})
export type Anomaly = z.infer<typeof anomalySchema>

export const siteAnomaliesSchema = z.object({
  success: z.literal(true),
  siteId: z.string(),
  timestamp: z.string(),
  data: z.array(anomalySchema),
})
export type SiteAnomalies = z.infer<typeof siteAnomaliesSchema>

export const anomalyDetailSchema = anomalySchema.extend({ siteId: z.string(), curve: z.array(curvePointSchema) })
export type AnomalyDetail = z.infer<typeof anomalyDetailSchema>

/** How long a site has been watched. Unix seconds. */
export interface AnomalyWatch {
  /** null: nothing was ever measured. */
  firstReadingAt: number | null
  /** From when on what was wrong would have been found; null: nobody has looked yet. */
  watchedFrom: number | null
  lastLookAt: number | null
  /** From when on it is known what is usual, if readings go on without gaps. */
  judgedFrom: number | null
}

export const LONGEST_SNOOZE_DAYS = 90

/** What a person decides about an anomaly. */
export const anomalyDecisionSchema = z.discriminatedUnion('status', [
  z.object({ status: z.enum(['open', 'acknowledged', 'dismissed']) }).strict(),
  z.object({ status: z.literal('snoozed'), days: z.number().int().min(1).max(LONGEST_SNOOZE_DAYS) }).strict(),
])
export type AnomalyDecision = z.infer<typeof anomalyDecisionSchema>
