import { z } from 'zod'
import { getUser } from '@/lib/auth/manage-users'
import { endSessionsOf } from '@/lib/auth/sessions'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'

export const DELETE = handle({
  summary: 'Log a user out everywhere',
  permission: 'user:manage',
  audit: { action: 'session.end-all', target: ({ params }) => params.id },
  params: z.object({ id: placeIdSchema }),
  answer: z.object({ ended: z.number().int() }),
  async run({ params }) {
    if (!(await getUser(params.id))) throw notFound(`user ${params.id}`)
    return { ended: await endSessionsOf(params.id) }
  },
})
