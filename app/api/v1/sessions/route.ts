import { z } from 'zod'
import { sessionIdOf } from '@/lib/auth/current-user'
import { endSessionsOf, listSessionsOf } from '@/lib/auth/sessions'
import { sessionSchema } from '@/lib/contracts/accounts'
import { handle } from '@/lib/http/handler'

export const GET = handle({
  summary: "The caller's own sessions, the last used first",
  permission: 'account:manage',
  answer: z.object({ data: z.array(sessionSchema) }),
  run: async ({ user, request }) => ({ data: await listSessionsOf(user.id, (await sessionIdOf(request)) ?? null) }),
})

export const DELETE = handle({
  summary: "End all of one's own sessions but the one that asks",
  permission: 'account:manage',
  audit: { action: 'session.end-others', target: ({ user }) => user.id },
  answer: z.object({ ended: z.number().int() }),
  run: async ({ user, request }) => ({ ended: await endSessionsOf(user.id, await sessionIdOf(request)) }),
})
