import { z } from 'zod'
import { maintenanceListSchema } from '@/lib/contracts/maintenance'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { listMaintenanceOf } from '@/lib/services/maintenance'

// An id of an appliance carries its building's.
const assetIdSchema = z.string().regex(/^[\w.:-]{1,200}$/, 'Must be 1 to 200 letters, digits, or any of _ . : -')

export const GET = handle({
  summary: 'What needs maintenance, soonest first',
  description:
    'Equipment and appliances whose own history rises towards its limit, and bearings whose vibration resembles those near their end. ' +
    'Empty where nothing does. Of a site, or of one piece of equipment wherever it is.',
  permission: 'site:read',
  rateLimitCost: 5,
  query: z
    .object({ siteId: placeIdSchema.optional(), assetId: assetIdSchema.optional() })
    .refine(({ siteId, assetId }) => siteId !== undefined || assetId !== undefined, { path: ['siteId'], message: 'Say which site.' }),
  answer: maintenanceListSchema,
  async run({ user, query }) {
    const data = await listMaintenanceOf(user, query)
    if (!data) throw notFound(query.assetId === undefined ? `site ${query.siteId}` : `asset ${query.assetId}`)
    return { success: true as const, data }
  },
})
