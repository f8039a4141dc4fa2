import { z } from 'zod'
import { siteMetricsSchema } from '@/lib/contracts/energy'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { getSiteMetricsOf } from '@/lib/services/site-metrics'

export const GET = handle({
  summary: 'Power now, energy, cost and power quality',
  permission: 'site:read',
  params: z.object({ id: placeIdSchema }),
  answer: siteMetricsSchema,
  async run({ user, params }) {
    const answer = await getSiteMetricsOf(user, params.id)
    if (!answer) throw notFound(`site ${params.id}`)
    return answer
  },
})
