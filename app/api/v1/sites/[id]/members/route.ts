import { z } from 'zod'
import { siteMemberSchema } from '@/lib/contracts/accounts'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { listMembersOf } from '@/lib/services/site-members'

export const GET = handle({
  summary: 'The members of a site',
  permission: 'user:manage',
  params: z.object({ id: placeIdSchema }),
  answer: z.object({ data: z.array(siteMemberSchema) }),
  async run({ user, params }) {
    const data = await listMembersOf(user, params.id)
    if (!data) throw notFound(`site ${params.id}`)
    return { data }
  },
})
