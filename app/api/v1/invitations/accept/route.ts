import { z } from 'zod'
import { acceptWith } from '@/lib/auth/invitations'
import { clientAddress } from '@/lib/auth/login'
import { acceptInvitationSchema, roleSchema } from '@/lib/contracts/accounts'
import { handleOpen } from '@/lib/http/handler'
import { conflict, invalidField, Problem } from '@/lib/http/problem'
import { createLogger } from '@/lib/infra/logger'
import { recordAudit } from '@/lib/services/audit'

/** Open to whoever holds the link. */
export const POST = handleOpen({
  summary: 'Make the account that an invitation offers',
  body: acceptInvitationSchema,
  answer: z.object({ id: z.string(), username: z.string(), role: roleSchema }),
  status: 201,
  async run({ body: { token, username, password }, request, requestId }) {
    const user = await acceptWith(token, username, password)
    if (user === 'no such invitation') {
      throw new Problem(404, 'This invitation was used, withdrawn, or has expired. Ask for a new one.')
    }
    if (user === 'name taken') throw conflict(`There is a user ${username} already. Choose another name.`)
    if ('problem' in user) throw invalidField('body.password', user.problem)
    const ip = clientAddress(request.headers.get('x-forwarded-for'))
    // The account is made, and the link used up: an entry that cannot be stored must not say otherwise.
    await recordAudit({ actor: user, action: 'invitation.accept', target: user.id, after: user, requestId, ip }).catch((err: unknown) =>
      createLogger('audit').error({ err, userId: user.id, requestId }, 'an audit entry could not be stored'),
    )
    return { id: user.id, username: user.username, role: user.role }
  },
})
