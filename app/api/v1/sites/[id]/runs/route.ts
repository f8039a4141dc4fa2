import { z } from 'zod'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { siteRunsSchema } from '@/lib/contracts/home-learning'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { listRunsOf } from '@/lib/services/home-labels'

/** Runs of a site, newest first, with what people said of them. */
export const GET = handle({
  summary: 'Past runs of appliances, newest first',
  permission: 'site:read',
  params: z.object({ id: placeIdSchema }),
  query: z.object({
    /** Unix seconds. */
    before: z.coerce.number().min(0).max(2 ** 40).optional(),
    /** Unix seconds; only runs that were not over by then. */
    after: z.coerce.number().min(0).max(2 ** 40).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(40),
    /** Names with commas between; all by default. */
    appliances: z.string().transform((names) => names.split(',')).pipe(z.array(z.enum(APPLIANCES))).optional(),
  }),
  answer: siteRunsSchema,
  async run({ user, params, query }) {
    const { before: beforeSeconds, after: afterSeconds, limit, appliances } = query
    const runs = await listRunsOf(user, params.id, { beforeSeconds, afterSeconds, limit, appliances })
    if (!runs) throw notFound(`site ${params.id}`)
    return runs
  },
})
