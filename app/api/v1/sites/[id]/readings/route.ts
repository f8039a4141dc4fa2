import { z } from 'zod'
import { readingsResultSchema, readingsSchema } from '@/lib/contracts/readings'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound, Problem } from '@/lib/http/problem'
import { storeReadingsOf } from '@/lib/services/import/store-readings'

export const POST = handle({
  summary: "Send a batch of readings of a building's main meter",
  description: 'Idempotent by building and time.',
  permission: 'data:import',
  audit: 'no-change',
  params: z.object({ id: placeIdSchema }),
  body: readingsSchema,
  answer: readingsResultSchema,
  async run({ user, params, body }) {
    const result = await storeReadingsOf(user, params.id, body)
    if (result === 'no such site') throw notFound(`site ${params.id}`)
    if (result === 'no such building') throw notFound(`building ${body.building_id}`)
    if (result === 'which building')
      throw new Problem(422, 'body.building_id: The site does not have exactly one building; say which one.')
    return result
  },
})
