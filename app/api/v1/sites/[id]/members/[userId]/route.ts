import { z } from 'zod'
import { siteMemberSchema } from '@/lib/contracts/accounts'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { addMemberOf, listMembersOf, removeMemberOf } from '@/lib/services/site-members'

const params = z.object({ id: placeIdSchema, userId: placeIdSchema })

export const PUT = handle({
  summary: 'Make a user a member of a site, whose data it then sees',
  description: 'Answers the members.',
  permission: 'user:manage',
  audit: {
    action: 'member.add',
    target: ({ params }) => params.userId,
    before: async ({ user, params }) => ({ data: await listMembersOf(user, params.id) }),
  },
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
  summary: 'Take a member out of a site',
  description: 'Answers the members.',
  permission: 'user:manage',
  audit: {
    action: 'member.remove',
    target: ({ params }) => params.userId,
    before: async ({ user, params }) => ({ data: await listMembersOf(user, params.id) }),
  },
  params,
  answer: z.object({ data: z.array(siteMemberSchema) }),
  async run({ user, params }) {
    const change = await removeMemberOf(user, params.id, params.userId)
    if (change === 'no such site') throw notFound(`site ${params.id}`)
    if (change === 'no such user') throw notFound(`member ${params.userId}`)
    return { data: change.after }
  },
})
