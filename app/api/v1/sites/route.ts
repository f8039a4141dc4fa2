import { z } from 'zod'
import { siteSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { listSitesOf } from '@/lib/services/live-snapshot'

/** The caller's sites; an administrator's are all. */
export const GET = handle({
  summary: 'Sites the caller sees',
  permission: 'site:read',
  answer: z.object({ data: z.array(siteSchema) }),
  run: async ({ user }) => ({ data: await listSitesOf(user) }),
})
