import { z } from 'zod'
import { placeIdSchema, siteSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { deleteBuildingOf } from '@/lib/services/manage-sites'

/** Removes a building with everything that was measured there. Answers the site without it. */
export const DELETE = handle({
  permission: 'site:manage',
  params: z.object({ id: placeIdSchema, buildingId: placeIdSchema }),
  answer: siteSchema,
  async run({ user, params }) {
    const change = await deleteBuildingOf(user, params.id, params.buildingId)
    if (change === 'no such site') throw notFound(`site ${params.id}`)
    if (change === 'no such building') throw notFound(`building ${params.buildingId}`)
    return change.after
  },
})
