import { z } from 'zod'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { deleteLabelOf, listLabelsOf } from '@/lib/services/home-labels'

export const DELETE = handle({
  summary: 'Take a label back',
  permission: 'home:teach',
  audit: {
    action: 'label.delete',
    target: ({ params }) => params.labelId,
    before: async ({ user, params }) => (await listLabelsOf(user, params.id))?.find(({ id }) => id === params.labelId),
  },
  params: z.object({ id: placeIdSchema, labelId: placeIdSchema }),
  answer: z.never(),
  async run({ user, params }) {
    if (!(await deleteLabelOf(user, params.id, params.labelId))) throw notFound(`label ${params.labelId}`)
    return new Response(null, { status: 204 })
  },
})
