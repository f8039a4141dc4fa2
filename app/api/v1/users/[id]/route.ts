import { z } from 'zod'
import { changeUser, getUser, removeUser } from '@/lib/auth/manage-users'
import { userChangeSchema, userSchema } from '@/lib/contracts/accounts'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { conflict, notFound } from '@/lib/http/problem'

const params = z.object({ id: placeIdSchema })
const lastAdministrator = () => conflict('This is the last administrator. Make somebody else one first.')

export const GET = handle({
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
  permission: 'user:manage',
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
  permission: 'user:manage',
  params,
  answer: z.never(),
  async run({ params }) {
    const before = await removeUser(params.id)
    if (before === 'no such user') throw notFound(`user ${params.id}`)
    if (before === 'last administrator') throw lastAdministrator()
    return new Response(null, { status: 204 })
  },
})
