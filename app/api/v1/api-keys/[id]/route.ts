import { z } from 'zod'
import { deleteApiKeyOf, listApiKeysOf } from '@/lib/auth/api-keys'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'

export const DELETE = handle({
  summary: "Delete one of one's own API keys",
  permission: 'account:manage',
  audit: {
    action: 'api-key.delete',
    target: ({ params }) => params.id,
    before: async ({ user, params }) => (await listApiKeysOf(user.id)).find(({ id }) => id === params.id),
  },
  params: z.object({ id: placeIdSchema }),
  answer: z.never(),
  async run({ user, params }) {
    if (!(await deleteApiKeyOf(user.id, params.id))) throw notFound(`API key ${params.id}`)
    return new Response(null, { status: 204 })
  },
})
