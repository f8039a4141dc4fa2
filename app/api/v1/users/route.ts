import { z } from 'zod'
import { createUserAccount, listAllUsers } from '@/lib/auth/manage-users'
import { newUserSchema, userSchema } from '@/lib/contracts/accounts'
import { handle } from '@/lib/http/handler'
import { conflict, invalidField, notFound } from '@/lib/http/problem'

export const GET = handle({
  summary: 'All users, by name',
  permission: 'user:manage',
  answer: z.object({ data: z.array(userSchema) }),
  run: async () => ({ data: await listAllUsers() }),
})

export const POST = handle({
  summary: 'Make a user',
  permission: 'user:manage',
  audit: { action: 'user.create', target: (_, answer) => answer?.id ?? null },
  body: newUserSchema,
  answer: userSchema,
  status: 201,
  async run({ body }) {
    const created = await createUserAccount(body)
    if (created === 'name taken') throw conflict(`There is a user ${body.username} already. Choose another name.`)
    if (created === 'no such site') throw notFound('site of one of these ids')
    if ('problem' in created) throw invalidField('body.password', created.problem)
    return created
  },
})
