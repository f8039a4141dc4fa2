import { z } from 'zod'
import { planBodySchema, pricedPlanSchema } from '@/lib/contracts/optimisation'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { invalidField, notFound, Problem } from '@/lib/http/problem'
import { roundAnswer } from '@/lib/http/round-answer'
import { pricePlanOf } from '@/lib/services/optimisation/day-planner'

export const POST = handle({
  summary: 'What a past day would have cost with runs at other times',
  description: 'Priced as the plans of `GET /api/v1/optimization` are. Nothing is stored.',
  permission: 'site:read',
  audit: 'no-change',
  params: z.object({ id: placeIdSchema }),
  body: planBodySchema,
  answer: pricedPlanSchema,
  async run({ user, params, body }) {
    const plan = await pricePlanOf(user, params.id, body)
    if (plan === 'no such site') throw notFound(`site ${params.id}`)
    if (plan === 'no such day') {
      throw new Problem(409, `${body.day} cannot be planned: take a past day that was measured for nine tenths and has prices.`)
    }
    if ('field' in plan) throw invalidField(plan.field, plan.message)
    return roundAnswer(plan)
  },
})
