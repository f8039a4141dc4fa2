import { z } from 'zod'
import { BUILDING_ID_PATTERN } from './building-id'
import { lineSchema } from './line'
import { tariffSchema } from './tariffs'

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
  /** In words, for people: an address or a town; may be empty. */
  location: z.string(),
  /** IANA name, for instance Europe/Berlin. */
  timeZone: z.string(),
  /** ISO 4217 code of pricePerKwh. */
  currency: z.string(),
  /** Holds where there is no tariff. */
  pricePerKwh: z.number(),
  /** The one that holds today; null where none was entered. */
  tariff: tariffSchema.nullable(),
  buildings: z.array(siteBuildingSchema),
})

export type Site = z.infer<typeof siteSchema>

const MAX_BUILDINGS = 200
const MAX_PRICE = 1_000_000

const buildingNameSchema = lineSchema(100).min(1, 'Give it a name.')

export const newBuildingSchema = z.object({
  /** The id its meter sends under; left out, one is made. */
  id: z.string().regex(BUILDING_ID_PATTERN, 'Must be 1 to 64 letters, digits, or any of _ . : -').optional(),
  name: buildingNameSchema,
})
export type NewBuilding = z.infer<typeof newBuildingSchema>

/** What a person says of a site, new or changed. */
export const siteInputSchema = z.object({
  name: lineSchema(100).min(1, 'Give it a name.'),
  location: lineSchema(200).default(''),
  timeZone: z.string().max(64).refine(isTimeZone, 'Must be the name of a time zone, for instance Europe/Berlin.'),
  currency: z.string().refine(isCurrency, 'Must be the three letters of a currency, for instance EUR.'),
  pricePerKwh: z.number().min(0).max(MAX_PRICE),
  /** New ones are added, known ones renamed; those left out stay as they are. */
  buildings: z.array(newBuildingSchema).max(MAX_BUILDINGS).default([]),
})
export type SiteInput = z.infer<typeof siteInputSchema>

function isTimeZone(name: string): boolean {
  // Offsets such as +01:00, which Intl takes as well, know no summer time.
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

function isCurrency(code: string): boolean {
  return Intl.supportedValuesOf('currency').includes(code)
}
