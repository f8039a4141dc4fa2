import { z } from 'zod'
import { withdrawInvitation } from '@/lib/auth/invitations'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'

export const DELETE = handle({
  permission: 'user:manage',
  params: z.object({ id: placeIdSchema }),
  answer: z.never(),
  async run({ params }) {
    const before = await withdrawInvitation(params.id)
    if (!before) throw notFound(`invitation ${params.id}`)
    return new Response(null, { status: 204 })
  },
})
