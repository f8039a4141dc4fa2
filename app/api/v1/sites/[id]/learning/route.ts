import { z } from 'zod'
import { homeLearningSchema } from '@/lib/contracts/home-learning'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound, Problem } from '@/lib/http/problem'
import { getLearningOf, startLearningOf } from '@/lib/services/home-learning'

const params = z.object({ id: placeIdSchema })

/** What the home has learned, what it still needs, and the last job. */
export const GET = handle({
  summary: 'What the home has learned and still needs',
  permission: 'site:read',
  params,
  answer: homeLearningSchema,
  async run({ user, params }) {
    const learning = await getLearningOf(user, params.id)
    if (!learning) throw notFound(`site ${params.id}`)
    return learning
  },
})

/** Starts learning now instead of when nobody has labelled for a while. */
export const POST = handle({
  summary: 'Start learning now',
  permission: 'home:teach',
  audit: { action: 'learning.start', target: ({ body }) => body.buildingId, after: () => null },
  params,
  body: z.object({ buildingId: placeIdSchema }),
  answer: homeLearningSchema,
  async run({ user, params, body }) {
    const started = await startLearningOf(user, params.id, body.buildingId)
    const learning = await getLearningOf(user, params.id)
    if (started === 'no such site' || !learning) throw notFound(`building ${body.buildingId}`)
    if (started === 'too few labels') throw new Problem(409, 'No appliance has enough labels yet. Label more runs, then try again.')
    return learning
  },
})
