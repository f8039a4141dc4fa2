import { z } from 'zod'
import { endSession } from '@/lib/auth/sessions'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'

export const DELETE = handle({
  permission: 'account:manage',
  params: z.object({ id: placeIdSchema }),
  answer: z.never(),
  async run({ user, params }) {
    const before = await endSession(user.id, params.id)
    if (!before) throw notFound(`session ${params.id}`)
    return new Response(null, { status: 204 })
  },
})
