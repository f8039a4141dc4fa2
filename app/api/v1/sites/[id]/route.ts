import { z } from 'zod'
import { placeIdSchema, siteInputSchema, siteSchema } from '@/lib/contracts/sites'
import { buildingTaken } from '@/lib/http/building-taken'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { getSiteOf } from '@/lib/services/describe-sites'
import { deleteSiteOf, updateSiteOf } from '@/lib/services/manage-sites'

const params = z.object({ id: placeIdSchema })

export const GET = handle({
  summary: 'A site',
  permission: 'site:read',
  params,
  answer: siteSchema,
  async run({ user, params }) {
    const site = await getSiteOf(user, params.id)
    if (!site) throw notFound(`site ${params.id}`)
    return site
  },
})

export const PUT = handle({
  summary: 'Change a site',
  description: 'Buildings named in the body are added or renamed; `DELETE .../buildings/{buildingId}` removes one.',
  permission: 'site:manage',
  audit: { action: 'site.update', target: ({ params }) => params.id, before: ({ user, params }) => getSiteOf(user, params.id) },
  params,
  body: siteInputSchema,
  answer: siteSchema,
  async run({ user, params, body }) {
    const change = await updateSiteOf(user, params.id, body)
    if (change === 'no such site') throw notFound(`site ${params.id}`)
    if ('taken' in change) throw buildingTaken(change.taken)
    return change.after
  },
})

export const DELETE = handle({
  summary: 'Remove a site with everything that was measured there',
  permission: 'site:manage',
  audit: { action: 'site.delete', target: ({ params }) => params.id, before: ({ user, params }) => getSiteOf(user, params.id) },
  params,
  answer: z.never(),
  async run({ user, params }) {
    const removed = await deleteSiteOf(user, params.id)
    if (removed === 'no such site') throw notFound(`site ${params.id}`)
    return new Response(null, { status: 204 })
  },
})
