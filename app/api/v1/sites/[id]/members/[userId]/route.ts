import { z } from 'zod'
import { siteMemberSchema } from '@/lib/contracts/accounts'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { addMemberOf, removeMemberOf } from '@/lib/services/site-members'

const params = z.object({ id: placeIdSchema, userId: placeIdSchema })

/** Makes a user a member of the site, whose data it then sees. Answers the members. */
export const PUT = handle({
  permission: 'user:manage',
  params,
  answer: z.object({ data: z.array(siteMemberSchema) }),
  async run({ user, params }) {
    const change = await addMemberOf(user, params.id, params.userId)
    if (change === 'no such site') throw notFound(`site ${params.id}`)
    if (change === 'no such user') throw notFound(`user ${params.userId}`)
    return { data: change.after }
  },
})

export const DELETE = handle({
  permission: 'user:manage',
  params,
  answer: z.object({ data: z.array(siteMemberSchema) }),
  async run({ user, params }) {
    const change = await removeMemberOf(user, params.id, params.userId)
    if (change === 'no such site') throw notFound(`site ${params.id}`)
    if (change === 'no such user') throw notFound(`member ${params.userId}`)
    return { data: change.after }
  },
})
