import { z } from 'zod'
import { endSession, listSessionsOf } from '@/lib/auth/sessions'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'

export const DELETE = handle({
  summary: "End one of one's own sessions",
  permission: 'account:manage',
  audit: {
    action: 'session.end',
    target: ({ params }) => params.id,
    before: async ({ user, params }) => (await listSessionsOf(user.id, null)).find(({ id }) => id === params.id),
  },
  params: z.object({ id: placeIdSchema }),
  answer: z.never(),
  async run({ user, params }) {
    if (!(await endSession(user.id, params.id))) throw notFound(`session ${params.id}`)
    return new Response(null, { status: 204 })
  },
})
