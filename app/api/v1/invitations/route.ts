import { z } from 'zod'
import { invitationPath, invite, listOpenInvitations } from '@/lib/auth/invitations'
import { publicOrigin } from '@/lib/auth/secret'
import { createdInvitationSchema, invitationSchema, newInvitationSchema } from '@/lib/contracts/accounts'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'

export const GET = handle({
  permission: 'user:manage',
  answer: z.object({ data: z.array(invitationSchema) }),
  run: async () => ({ data: await listOpenInvitations() }),
})

export const POST = handle({
  permission: 'user:manage',
  body: newInvitationSchema,
  answer: createdInvitationSchema,
  async run({ user, body, request }) {
    const made = await invite(user.id, body)
    if (made === 'no such site') throw notFound('site of one of these ids')
    const link = new URL(invitationPath(made.token), publicOrigin(request)).href
    return Response.json({ ...made.invitation, link } satisfies z.infer<typeof createdInvitationSchema>, { status: 201 })
  },
})
