import { z } from 'zod'
import { placeIdSchema } from './sites'

export const MOST_READINGS = 10_000

/**
 * One reading, as on `nilm:{building_id}:input`; what is wrong with one rejects that one, not the batch. Only timestamp (Unix
 * seconds, or ISO 8601 with a zone) and power_total (W) are needed.
 */
const readingSchema = z
  .looseObject({
    timestamp: z.unknown(),
    power_total: z.unknown(),
    voltage: z.unknown().optional(),
    current: z.unknown().optional(),
    power_factor: z.unknown().optional(),
    reactive_power: z.unknown().optional(),
    frequency: z.unknown().optional(),
    thd: z.unknown().optional(),
    simulated: z.unknown().optional(),
  })
  .or(z.unknown())

export const readingsSchema = z.object({
  /** Needed where the site has several buildings. */
  building_id: placeIdSchema.optional(),
  readings: z.array(readingSchema).min(1).max(MOST_READINGS, `At most ${MOST_READINGS} readings at a time.`),
})
export type ReadingsBatch = z.infer<typeof readingsSchema>

/** What became of a batch: stored + repeated + rejected are all of its readings. */
export const readingsResultSchema = z.object({
  building_id: z.string(),
  /** New ones. They are kept for good by now; pages show them within seconds. */
  stored: z.number(),
  /** Those of a time that the building has a reading of already, or the batch itself has before. */
  repeated: z.number(),
  rejected: z.number(),
  /** The first rejected ones, by position in the batch. */
  reasons: z.array(z.object({ index: z.number(), reason: z.string() })),
})
export type ReadingsResult = z.infer<typeof readingsResultSchema>
