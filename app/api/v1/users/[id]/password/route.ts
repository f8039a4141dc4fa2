import { z } from 'zod'
import { resetPassword } from '@/lib/auth/manage-users'
import { newPasswordSchema } from '@/lib/contracts/accounts'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { invalidField, notFound } from '@/lib/http/problem'

export const PUT = handle({
  summary: 'Give a user another password',
  description: 'For one who forgot it. The user is logged out everywhere.',
  permission: 'user:manage',
  audit: { action: 'password.reset', target: ({ params }) => params.id },
  params: z.object({ id: placeIdSchema }),
  body: z.object({ password: newPasswordSchema }),
  answer: z.never(),
  async run({ params, body }) {
    const user = await resetPassword(params.id, body.password)
    if (user === 'no such user') throw notFound(`user ${params.id}`)
    if ('problem' in user) throw invalidField('body.password', user.problem)
    return new Response(null, { status: 204 })
  },
})
