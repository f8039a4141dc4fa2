import { z } from 'zod'

export const EXPORT_FORMATS = ['csv', 'parquet'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** A day as the meter sent it, in columns of equal length, oldest first. */
export const rawDaySchema = z.object({
  buildingId: z.string(),
  /** Unix seconds, half open. */
  from: z.number(),
  to: z.number(),
  isSimulated: z.boolean(),
  /** How far apart readings may be without a gap between them. */
  gapSeconds: z.number(),
  timestamps: z.array(z.number()),
  powerWatts: z.array(z.number()),
  /** How long single readings are kept; a day before that is empty. */
  keptDays: z.number(),
})
export type RawDay = z.infer<typeof rawDaySchema>
