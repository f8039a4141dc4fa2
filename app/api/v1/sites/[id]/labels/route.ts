import { z } from 'zod'
import { newRunLabelSchema, runLabelSchema } from '@/lib/contracts/home-learning'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound, Problem } from '@/lib/http/problem'
import { createLabelOf, listLabelsOf } from '@/lib/services/home-labels'

const params = z.object({ id: placeIdSchema })

export const GET = handle({
  summary: 'What people said of past runs',
  permission: 'site:read',
  params,
  answer: z.object({ data: z.array(runLabelSchema) }),
  async run({ user, params }) {
    const data = await listLabelsOf(user, params.id)
    if (!data) throw notFound(`site ${params.id}`)
    return { data }
  },
})

/** Says what a run was; what was said of the same run before is replaced. */
export const POST = handle({
  summary: 'Say what a run was',
  permission: 'home:teach',
  audit: { action: 'label.create', target: (_, answer) => answer?.id ?? null },
  params,
  body: newRunLabelSchema,
  answer: runLabelSchema,
  async run({ user, params, body }) {
    const label = await createLabelOf(user, params.id, body)
    if (label === 'no such site') throw notFound(`site ${params.id}`)
    if (label === 'no such building') throw notFound(`building ${body.buildingId}`)
    if (label === 'in the future') throw new Problem(422, 'body.endedAt: The run has to be over.')
    return label
  },
})
