import { z } from 'zod'
import { createApiKeyOf, listApiKeysOf } from '@/lib/auth/api-keys'
import { apiKeySchema, createdApiKeySchema, newApiKeySchema } from '@/lib/contracts/accounts'
import { handle } from '@/lib/http/handler'
import { conflict, invalidField } from '@/lib/http/problem'

export const GET = handle({
  summary: "The caller's own API keys",
  permission: 'account:manage',
  answer: z.object({ data: z.array(apiKeySchema) }),
  run: async ({ user }) => ({ data: await listApiKeysOf(user.id) }),
})

export const POST = handle({
  summary: 'Make an API key',
  description: '`key` is shown in this answer only.',
  permission: 'account:manage',
  audit: {
    action: 'api-key.create',
    target: (_, answer) => answer?.id ?? null,
    after: (_, answer) => apiKeySchema.parse(answer),
  },
  body: newApiKeySchema,
  answer: createdApiKeySchema,
  status: 201,
  async run({ user, body }) {
    const made = await createApiKeyOf(user, body)
    if ('refused' in made) {
      if (made.refused === 'too many') throw conflict(`You have ${made.limit} keys. Delete one that is not used.`)
      throw invalidField('body.scopes', `${made.scope} is nothing you may give to a key.`)
    }
    return { ...made.apiKey, key: made.key }
  },
})
