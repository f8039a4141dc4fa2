import { z } from 'zod'
import { listOpenInvitations, withdrawInvitation } from '@/lib/auth/invitations'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'

export const DELETE = handle({
  summary: 'Withdraw an invitation',
  permission: 'user:manage',
  audit: {
    action: 'invitation.delete',
    target: ({ params }) => params.id,
    before: async ({ params }) => (await listOpenInvitations()).find(({ id }) => id === params.id),
  },
  params: z.object({ id: placeIdSchema }),
  answer: z.never(),
  async run({ params }) {
    if (!(await withdrawInvitation(params.id))) throw notFound(`invitation ${params.id}`)
    return new Response(null, { status: 204 })
  },
})
