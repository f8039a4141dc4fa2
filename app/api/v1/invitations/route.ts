import { z } from 'zod'
import { invitationPath, invite, listOpenInvitations } from '@/lib/auth/invitations'
import { publicOrigin } from '@/lib/auth/secret'
import { createdInvitationSchema, invitationSchema, newInvitationSchema } from '@/lib/contracts/accounts'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'

export const GET = handle({
  summary: 'Invitations that can still be accepted',
  permission: 'user:manage',
  answer: z.object({ data: z.array(invitationSchema) }),
  run: async () => ({ data: await listOpenInvitations() }),
})

export const POST = handle({
  summary: 'Invite somebody',
  description: '`link` is shown in this answer only.',
  permission: 'user:manage',
  audit: {
    action: 'invitation.create',
    target: (_, answer) => answer?.id ?? null,
    after: (_, answer) => invitationSchema.parse(answer),
  },
  body: newInvitationSchema,
  answer: createdInvitationSchema,
  status: 201,
  async run({ user, body, request }) {
    const made = await invite(user.id, body)
    if (made === 'no such site') throw notFound('site of one of these ids')
    const link = new URL(invitationPath(made.token), publicOrigin(request)).href
    return { ...made.invitation, link }
  },
})
