import { z } from 'zod'
import { siteInputSchema, siteSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { buildingTaken } from '@/lib/http/building-taken'
import { listSitesOf } from '@/lib/services/live-snapshot'
import { createSiteFor } from '@/lib/services/manage-sites'

/** The caller's sites; an administrator's are all. */
export const GET = handle({
  summary: 'Sites the caller sees',
  permission: 'site:read',
  answer: z.object({ data: z.array(siteSchema) }),
  run: async ({ user }) => ({ data: await listSitesOf(user) }),
})

/** Makes a site of which the caller is a member. */
export const POST = handle({
  permission: 'site:manage',
  body: siteInputSchema,
  answer: siteSchema,
  async run({ user, body }) {
    const site = await createSiteFor(user, body)
    if ('taken' in site) throw buildingTaken(site.taken)
    return Response.json(site, { status: 201 })
  },
})
