import { z } from 'zod'
import { siteInputSchema, siteSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { buildingTaken } from '@/lib/http/building-taken'
import { listSitesOf } from '@/lib/services/describe-sites'
import { createSiteFor } from '@/lib/services/manage-sites'

/** The caller's sites; an administrator's are all. */
export const GET = handle({
  summary: 'Sites the caller sees',
  permission: 'site:read',
  answer: z.object({ data: z.array(siteSchema) }),
  run: async ({ user }) => ({ data: await listSitesOf(user) }),
})

export const POST = handle({
  summary: 'Make a site',
  description: 'The caller becomes a member of it.',
  permission: 'site:manage',
  audit: { action: 'site.create', target: (_, answer) => answer?.id ?? null },
  body: siteInputSchema,
  answer: siteSchema,
  status: 201,
  async run({ user, body }) {
    const site = await createSiteFor(user, body)
    if ('taken' in site) throw buildingTaken(site.taken)
    return site
  },
})
