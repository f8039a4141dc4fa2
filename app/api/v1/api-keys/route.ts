import { z } from 'zod'
import { createApiKeyOf, listApiKeysOf } from '@/lib/auth/api-keys'
import { apiKeySchema, createdApiKeySchema, newApiKeySchema } from '@/lib/contracts/accounts'
import { handle } from '@/lib/http/handler'
import { conflict, invalidField } from '@/lib/http/problem'

/** The caller's own keys. */
export const GET = handle({
  permission: 'account:manage',
  answer: z.object({ data: z.array(apiKeySchema) }),
  run: async ({ user }) => ({ data: await listApiKeysOf(user.id) }),
})

export const POST = handle({
  permission: 'account:manage',
  body: newApiKeySchema,
  answer: createdApiKeySchema,
  async run({ user, body }) {
    const made = await createApiKeyOf(user, body)
    if ('refused' in made) {
      if (made.refused === 'too many') throw conflict(`You have ${made.limit} keys. Delete one that is not used.`)
      throw invalidField('body.scopes', `${made.scope} is nothing you may give to a key.`)
    }
    return Response.json({ ...made.apiKey, key: made.key } satisfies z.infer<typeof createdApiKeySchema>, { status: 201 })
  },
})
