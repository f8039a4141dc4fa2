import { z } from 'zod'
import { optimizationSchema } from '@/lib/contracts/optimisation'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { roundAnswer } from '@/lib/http/round-answer'
import { getOptimizationOf } from '@/lib/services/optimisation/optimise-site'

export const GET = handle({
  summary: 'What a site could save, computed from its own runs and prices',
  description:
    'Of the last 28 full days (tariffs: of twelve months): what they cost less what they would have cost. `ahead` is the plan of the ' +
    'coming 24 hours from the forecast, the prices and the runs that are usual. `notes` say why something is absent.',
  permission: 'site:read',
  query: z.object({ siteId: placeIdSchema }),
  answer: optimizationSchema,
  rateLimitCost: 5,
  async run({ user, query }) {
    const answer = await getOptimizationOf(user, query.siteId)
    if (!answer) throw notFound(`site ${query.siteId}`)
    return roundAnswer(answer)
  },
})
