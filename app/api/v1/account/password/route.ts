import { z } from 'zod'
import { sessionIdOf } from '@/lib/auth/current-user'
import { clientAddress } from '@/lib/auth/login'
import { changePassword } from '@/lib/auth/manage-users'
import { passwordChangeSchema } from '@/lib/contracts/accounts'
import { handle } from '@/lib/http/handler'
import { invalidField } from '@/lib/http/problem'
import { refuseTooManyAttempts } from '@/lib/http/too-many-attempts'

export const PUT = handle({
  summary: "Change one's own password",
  description: 'Every other session ends.',
  permission: 'account:manage',
  audit: { action: 'password.change', target: ({ user }) => user.id },
  body: passwordChangeSchema,
  answer: z.object({ endedSessions: z.number().int() }),
  async run({ user, body, request }) {
    const place = { address: clientAddress(request.headers.get('x-forwarded-for')), sessionId: await sessionIdOf(request) }
    const changed = await changePassword(user, body, place).catch(refuseTooManyAttempts)
    if (changed === 'wrong password') throw invalidField('body.currentPassword', 'Is not your password.')
    if ('problem' in changed) throw invalidField('body.newPassword', changed.problem)
    return changed
  },
})
