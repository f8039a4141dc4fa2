import { z } from 'zod'
import { APPLIANCES } from './appliances'
import { ASSET_KINDS } from './assets'

/** What of an asset is watched. */
export const SIGNATURES = [
  'cooling_duty', 'cooling_cycle', 'running_power', 'short_cycling', 'heating_time', 'energy_per_run', 'always_on',
] as const
export type SignatureKind = (typeof SIGNATURES)[number]

export const MAINTENANCE_TYPES = [...SIGNATURES, 'vibration'] as const
export type MaintenanceType = (typeof MAINTENANCE_TYPES)[number]

export const MAINTENANCE_PRIORITIES = ['critical', 'high', 'medium', 'low'] as const
export type MaintenancePriority = (typeof MAINTENANCE_PRIORITIES)[number]

export const maintenanceEntrySchema = z.object({
  assetId: z.string(),
  assetName: z.string(),
  type: z.enum(MAINTENANCE_TYPES),
  priority: z.enum(MAINTENANCE_PRIORITIES),
  /** Local date at the site, YYYY-MM-DD: when its trend reaches the limit. */
  predictedFailureDate: z.string(),
  daysUntilMaintenance: z.number().int().min(0),
  confidence: z.number().min(0).max(1),
  recommendation: z.string(),
})
export type MaintenanceEntry = z.infer<typeof maintenanceEntrySchema>

export const maintenanceListSchema = z.object({ success: z.literal(true), data: z.array(maintenanceEntrySchema) })

/** Why nothing is said of a signature, or that there is nothing to say. */
export const SIGNATURE_STATES = [
  'rising', 'normal', 'too few weeks', 'needs a year', 'estimates too unsure', 'no published accuracy', 'too little use',
  'no measurements', 'not measured lately',
] as const
export type SignatureState = (typeof SIGNATURE_STATES)[number]

export const signatureReportSchema = z.object({
  kind: z.enum(SIGNATURES),
  state: z.enum(SIGNATURE_STATES),
  unit: z.enum(['%', 'min', 'W', '1/h', 'Wh']),
  /** Weeks with enough measurements for a value. */
  weeks: z.number().int(),
  leastWeeks: z.number().int(),
  /** In the unit; null where there are too few weeks. */
  baseline: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
  limit: z.number().nullable(),
  /** By local week, oldest first. */
  points: z.array(z.object({ startTimestamp: z.number(), value: z.number() })),
  /** Only where it rises. Unix seconds; `from` and `to`: what 95 % intervals of slope and level allow, if it goes on as it does. */
  projection: z
    .object({
      level: z.number(),
      slopePerWeek: z.number(),
      slopeLow: z.number(),
      slopeHigh: z.number(),
      at: z.number(),
      from: z.number(),
      to: z.number(),
    })
    .nullable(),
})
export type SignatureReport = z.infer<typeof signatureReportSchema>

export const HEALTH_CLASSES = ['critical', 'worn', 'healthy'] as const

export const vibrationReportSchema = z.object({
  snapshots: z.number().int(),
  leastSnapshots: z.number().int(),
  /** Null where there is no verdict for want of snapshots or of the model. */
  judged: z
    .object({
      health: z.enum(HEALTH_CLASSES),
      probabilities: z.object({ critical: z.number(), worn: z.number(), healthy: z.number() }),
      /** Share of its life that is left, with what bounds 80 % of left-out bearings. */
      remainingShare: z.object({ value: z.number(), low: z.number(), high: z.number() }),
      at: z.number(),
    })
    .nullable(),
  isModelMissing: z.boolean(),
  /** Medians of stretches of equal length, oldest first: acceleration in g. */
  points: z.array(z.object({ timestamp: z.number(), rmsHorizontal: z.number(), rmsVertical: z.number() })),
})
export type VibrationReport = z.infer<typeof vibrationReportSchema>

export const assetReportSchema = z.object({
  assetId: z.string(),
  assetName: z.string(),
  kind: z.enum(ASSET_KINDS).nullable(),
  /** Whether a person wrote it down. */
  isRegistered: z.boolean(),
  buildingId: z.string().nullable(),
  appliance: z.enum(APPLIANCES).nullable(),
  /** F1 of the appliance on homes the model was not trained on, or of this home's own head; null where nothing is known. */
  accuracy: z.number().nullable(),
  entry: maintenanceEntrySchema.nullable(),
  signatures: z.array(signatureReportSchema),
  vibration: vibrationReportSchema.nullable(),
})
export type AssetReport = z.infer<typeof assetReportSchema>

export const siteMaintenanceSchema = z.object({ siteId: z.string(), timeZone: z.string(), assets: z.array(assetReportSchema) })
export type SiteMaintenance = z.infer<typeof siteMaintenanceSchema>

const finite = z.number().min(0).max(1e6)
const axisSchema = z.object({
  /** Acceleration in g. */
  rms: finite,
  /** 3 for a Gaussian. */
  kurtosis: finite,
  peak: finite,
})
const samplesSchema = z.array(z.number().min(-1e6).max(1e6)).min(64).max(65_536)

/** One look at a bearing, of a fraction of a second: the figures of both axes, or the samples from which they are computed. */
export const vibrationSnapshotSchema = z.union(
  [
    z.object({ timestamp: z.number().min(0).max(1e11), horizontal: axisSchema, vertical: axisSchema }),
    z.object({ timestamp: z.number().min(0).max(1e11), horizontalSamples: samplesSchema, verticalSamples: samplesSchema }),
  ],
  'Each snapshot needs a timestamp in Unix seconds and either horizontal and vertical {rms, kurtosis, peak}, or ' +
    'horizontalSamples and verticalSamples (64 to 65536 accelerations in g).',
)
export type VibrationSnapshotInput = z.infer<typeof vibrationSnapshotSchema>

export const vibrationBatchSchema = z.object({ snapshots: z.array(vibrationSnapshotSchema).min(1).max(1000) })

export const vibrationStoredSchema = z.object({
  stored: z.number().int(),
  /** Times that were stored before or twice in the batch; what was stored first stays. */
  repeated: z.number().int(),
  /** Further ahead than five minutes: a clock is wrong. */
  rejected: z.array(z.object({ timestamp: z.number(), reason: z.string() })),
  vibration: vibrationReportSchema,
})
export type VibrationStored = z.infer<typeof vibrationStoredSchema>
