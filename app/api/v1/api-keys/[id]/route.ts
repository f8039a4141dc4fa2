import { z } from 'zod'
import { deleteApiKeyOf } from '@/lib/auth/api-keys'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'

export const DELETE = handle({
  permission: 'account:manage',
  params: z.object({ id: placeIdSchema }),
  answer: z.never(),
  async run({ user, params }) {
    const before = await deleteApiKeyOf(user.id, params.id)
    if (!before) throw notFound(`API key ${params.id}`)
    return new Response(null, { status: 204 })
  },
})
