import { z } from 'zod'
import { homeLearningSchema } from '@/lib/contracts/home-learning'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { changeHeadOf, getLearningOf } from '@/lib/services/home-learning'

/** Takes back what was learned of an appliance, or lets it take effect again. */
export const POST = handle({
  summary: 'Take back what was learned of an appliance, or let it count again',
  permission: 'home:teach',
  audit: { action: 'head.change', target: ({ params }) => params.headId, after: ({ body }) => body },
  params: z.object({ id: placeIdSchema, headId: placeIdSchema }),
  body: z.object({ action: z.enum(['roll-back', 'activate']) }),
  answer: homeLearningSchema,
  async run({ user, params, body }) {
    const changed = await changeHeadOf(user, params.id, params.headId, body.action)
    const learning = await getLearningOf(user, params.id)
    if (!changed || !learning) throw notFound(`head ${params.headId} to ${body.action}`)
    return learning
  },
})
