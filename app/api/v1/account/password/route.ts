import { z } from 'zod'
import { sessionIdOf } from '@/lib/auth/current-user'
import { clientAddress } from '@/lib/auth/login'
import { changePassword } from '@/lib/auth/manage-users'
import { passwordChangeSchema } from '@/lib/contracts/accounts'
import { handle } from '@/lib/http/handler'
import { invalidField } from '@/lib/http/problem'
import { refuseTooManyAttempts } from '@/lib/http/too-many-attempts'

/** Changes one's own password; every other session ends. */
export const PUT = handle({
  permission: 'account:manage',
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
