import { z } from 'zod'
import { APPLIANCES } from './appliances'
import { lineSchema } from './line'
import { placeIdSchema } from './sites'

export const ASSET_KINDS = [
  'refrigerator', 'freezer', 'heat-pump', 'washing-machine', 'dishwasher', 'dryer', 'oven', 'pump', 'fan', 'motor', 'compressor',
  'elevator', 'lighting', 'other',
] as const
export type AssetKind = (typeof ASSET_KINDS)[number]

/** What a person says of a piece of equipment, new or changed. */
export const assetInputSchema = z
  .object({
    name: lineSchema(100).min(1, 'Give it a name.'),
    kind: z.enum(ASSET_KINDS),
    /** In which building of the site it stands. */
    buildingId: placeIdSchema.nullable().default(null),
    /** Which of the building's estimated appliances it is: their history is then its own. */
    appliance: z.enum(APPLIANCES).nullable().default(null),
    /** The device_state under which a meter of its own reports. */
    device: lineSchema(100).min(1).nullable().default(null),
    /** Where its vibration sensor sits; null: it has none. */
    vibrationSensor: lineSchema(100).min(1).nullable().default(null),
    /** Local date, YYYY-MM-DD. */
    installedOn: z.iso.date('Must be a date like 2024-03-01.').nullable().default(null),
  })
  .refine(({ buildingId, appliance, device }) => buildingId !== null || (appliance === null && device === null), {
    path: ['buildingId'],
    message: 'Say in which building the appliance or device is.',
  })
export type AssetInput = z.infer<typeof assetInputSchema>

export const assetSchema = z.object({
  id: z.string(),
  siteId: z.string(),
  name: z.string(),
  kind: z.enum(ASSET_KINDS),
  buildingId: z.string().nullable(),
  appliance: z.enum(APPLIANCES).nullable(),
  device: z.string().nullable(),
  vibrationSensor: z.string().nullable(),
  installedOn: z.string().nullable(),
  createdAt: z.string(),
})
export type Asset = z.infer<typeof assetSchema>

export const siteAssetsSchema = z.object({ data: z.array(assetSchema) })
