import { z } from 'zod'
import { changeUser, getUser, removeUser } from '@/lib/auth/manage-users'
import { userChangeSchema, userSchema } from '@/lib/contracts/accounts'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { conflict, notFound } from '@/lib/http/problem'

const params = z.object({ id: placeIdSchema })
const lastAdministrator = () => conflict('This is the last administrator. Make somebody else one first.')

export const GET = handle({
  summary: 'A user',
  permission: 'user:manage',
  params,
  answer: userSchema,
  async run({ params }) {
    const user = await getUser(params.id)
    if (!user) throw notFound(`user ${params.id}`)
    return user
  },
})

export const PATCH = handle({
  summary: "Change a user's role, access or sites",
  description: 'A user who is disabled is logged out everywhere.',
  permission: 'user:manage',
  audit: { action: 'user.update', target: ({ params }) => params.id, before: ({ params }) => getUser(params.id) },
  params,
  body: userChangeSchema,
  answer: userSchema,
  async run({ params, body }) {
    const change = await changeUser(params.id, body)
    if (change === 'no such user') throw notFound(`user ${params.id}`)
    if (change === 'no such site') throw notFound('site of one of these ids')
    if (change === 'last administrator') throw lastAdministrator()
    return change.after
  },
})

export const DELETE = handle({
  summary: 'Remove a user',
  description: 'Its sessions, keys and memberships go with it; sites stay.',
  permission: 'user:manage',
  audit: { action: 'user.delete', target: ({ params }) => params.id, before: ({ params }) => getUser(params.id) },
  params,
  answer: z.never(),
  async run({ params }) {
    const removed = await removeUser(params.id)
    if (removed === 'no such user') throw notFound(`user ${params.id}`)
    if (removed === 'last administrator') throw lastAdministrator()
    return new Response(null, { status: 204 })
  },
})
