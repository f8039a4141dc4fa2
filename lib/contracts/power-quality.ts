import { z } from 'zod'

export const QUALITY_RANGES = ['24h', '7d', '30d'] as const
export type QualityRange = (typeof QUALITY_RANGES)[number]

const bandSchema = z.object({ low: z.number().nullable(), high: z.number().nullable() })

/** Of one bin: mean, and the lowest and highest reading. */
export const qualityValueSchema = z.object({ mean: z.number(), min: z.number(), max: z.number() })
export type QualityValue = z.infer<typeof qualityValueSchema>

export const qualitySeriesSchema = z.object({
  quantity: z.enum(['voltage', 'frequency', 'power_factor', 'thd']),
  /** V, Hz, % or empty. */
  unit: z.string(),
  /** Newest mean; null where none was measured. */
  latest: z.number().nullable(),
  /** The limits of EN 50160; null where they do not apply. */
  limits: z
    .object({ nominal: z.number().nullable(), usual: bandSchema, usualShare: z.number(), extreme: bandSchema })
    .nullable(),
  /** Why there are none: EN 50160 sets none, it is another network (not 230/400 V, 50 Hz), or it is the current's distortion. */
  unjudged: z.enum(['no limit', 'other network', 'of the current']).nullable(),
  /** Of the 10-minute means. */
  judged: z
    .object({
      means: z.number().int(),
      good: z.number().int(),
      unusual: z.number().int(),
      beyond: z.number().int(),
      isKept: z.boolean(),
    })
    .nullable(),
  /** One a bin of the answer; null = not measured. */
  values: z.array(qualityValueSchema.nullable()),
})
export type QualitySeries = z.infer<typeof qualitySeriesSchema>

export const powerQualitySchema = z.object({
  buildingId: z.string(),
  buildingName: z.string(),
  simulated: z.boolean(),
  range: z.enum(QUALITY_RANGES),
  /** meter: the main meter's readings. devices: of all devices together, where there is no main meter that measures these. */
  basis: z.enum(['meter', 'devices']).nullable(),
  /** Unix seconds of the first bin's start and the last one's end. */
  fromTimestamp: z.number(),
  toTimestamp: z.number(),
  binSeconds: z.number(),
  series: z.array(qualitySeriesSchema),
})
export type PowerQuality = z.infer<typeof powerQualitySchema>
