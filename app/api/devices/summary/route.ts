import { z } from 'zod'
import { deviceClusterSchema } from '@/lib/contracts/devices'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { listClustersOf } from '@/lib/services/devices'

export const GET = handle({
  summary: "The clusters of the caller's devices",
  description: 'Each under its most common `device_state`.',
  permission: 'site:read',
  query: z.object({
    /** One site; all of the caller's by default. */
    siteId: placeIdSchema.optional(),
  }),
  answer: z.array(deviceClusterSchema),
  async run({ user, query }) {
    const clusters = await listClustersOf(user, query.siteId)
    if (!clusters) throw notFound(`site ${query.siteId}`)
    return clusters
  },
})
