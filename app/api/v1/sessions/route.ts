import { z } from 'zod'
import { sessionIdOf } from '@/lib/auth/current-user'
import { endSessionsOf, listSessionsOf } from '@/lib/auth/sessions'
import { sessionSchema } from '@/lib/contracts/accounts'
import { handle } from '@/lib/http/handler'

/** The caller's own sessions, the last used first. */
export const GET = handle({
  permission: 'account:manage',
  answer: z.object({ data: z.array(sessionSchema) }),
  run: async ({ user, request }) => ({ data: await listSessionsOf(user.id, (await sessionIdOf(request)) ?? null) }),
})

/** Ends all of them but the one that asks. */
export const DELETE = handle({
  permission: 'account:manage',
  answer: z.object({ ended: z.number().int() }),
  run: async ({ user, request }) => ({ ended: await endSessionsOf(user.id, await sessionIdOf(request)) }),
})
