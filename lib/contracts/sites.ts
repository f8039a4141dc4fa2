import { z } from 'zod'

/** Ids of sites and buildings as they appear in paths: what Redis keys and URLs carry without escaping. */
export const placeIdSchema = z.string().regex(/^[\w.:-]{1,100}$/, 'Must be 1 to 100 letters, digits, or any of _ . : -')

export const siteBuildingSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Whether its readings come from the built-in simulator. */
  simulated: z.boolean(),
})

export const siteSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** IANA name, for instance Europe/Berlin. */
  timeZone: z.string(),
  /** ISO 4217 code of pricePerKwh. */
  currency: z.string(),
  pricePerKwh: z.number(),
  buildings: z.array(siteBuildingSchema),
})

export type Site = z.infer<typeof siteSchema>
