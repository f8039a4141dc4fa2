import { z } from 'zod'
import { placeIdSchema, siteSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { getSiteOf } from '@/lib/services/live-snapshot'

export const GET = handle({
  summary: 'A site',
  permission: 'site:read',
  params: z.object({ id: placeIdSchema }),
  answer: siteSchema,
  async run({ user, params }) {
    const site = await getSiteOf(user, params.id)
    if (!site) throw notFound(`site ${params.id}`)
    return site
  },
})
