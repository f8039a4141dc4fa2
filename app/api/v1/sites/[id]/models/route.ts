import { z } from 'zod'
import { placeIdSchema } from '@/lib/contracts/sites'
import { siteModelsSchema } from '@/lib/contracts/training'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { getModelsOf } from '@/lib/services/training'

export const GET = handle({
  summary: 'What a site trained, and the versions that came of it',
  permission: 'site:read',
  params: z.object({ id: placeIdSchema }),
  answer: siteModelsSchema,
  async run({ user, params }) {
    const models = await getModelsOf(user, params.id)
    if (!models) throw notFound(`site ${params.id}`)
    return models
  },
})
