import { z } from 'zod'
import { placeIdSchema } from '@/lib/contracts/sites'
import { siteModelsSchema } from '@/lib/contracts/training'
import { handle } from '@/lib/http/handler'
import { conflict, notFound } from '@/lib/http/problem'
import { changeVersionOf, getModelsOf } from '@/lib/services/training'

export const POST = handle({
  summary: 'Take a version of a model back, or let it count again',
  permission: 'home:teach',
  audit: { action: 'model-version.change', target: ({ params }) => params.versionId, after: ({ body }) => body },
  params: z.object({ id: placeIdSchema, versionId: placeIdSchema }),
  body: z.object({ action: z.enum(['roll-back', 'activate']) }),
  answer: siteModelsSchema,
  async run({ user, params, body }) {
    const changed = await changeVersionOf(user, params.id, params.versionId, body.action)
    const models = await getModelsOf(user, params.id)
    if (changed === 'nothing before it') {
      throw conflict('It is the only version, so there is none to go back to. Train again; a better one takes its place.')
    }
    if (changed !== 'changed' || !models) throw notFound(`version ${params.versionId} to ${body.action}`)
    return models
  },
})
