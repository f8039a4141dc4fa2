import { z } from 'zod'
import { metricsSummarySchema } from '@/lib/contracts/devices'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { summariseMetricsOf } from '@/lib/services/devices'

export const GET = handle({
  summary: "What the caller's active devices come to",
  permission: 'site:read',
  query: z.object({
    /** One site; all of the caller's by default. */
    siteId: placeIdSchema.optional(),
  }),
  answer: metricsSummarySchema,
  async run({ user, query }) {
    const summary = await summariseMetricsOf(user, query.siteId)
    if (!summary) throw notFound(`site ${query.siteId}`)
    return summary
  },
})
