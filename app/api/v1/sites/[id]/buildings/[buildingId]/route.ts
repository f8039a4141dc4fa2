import { z } from 'zod'
import { placeIdSchema, siteSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { getSiteOf } from '@/lib/services/describe-sites'
import { deleteBuildingOf } from '@/lib/services/manage-sites'

export const DELETE = handle({
  summary: 'Remove a building with everything that was measured there',
  description: 'Answers the site without it.',
  permission: 'site:manage',
  audit: {
    action: 'building.delete',
    target: ({ params }) => params.buildingId,
    before: ({ user, params }) => getSiteOf(user, params.id),
  },
  params: z.object({ id: placeIdSchema, buildingId: placeIdSchema }),
  answer: siteSchema,
  async run({ user, params }) {
    const change = await deleteBuildingOf(user, params.id, params.buildingId)
    if (change === 'no such site') throw notFound(`site ${params.id}`)
    if (change === 'no such building') throw notFound(`building ${params.buildingId}`)
    return change.after
  },
})
