import { z } from 'zod'
import { siteMaintenanceSchema } from '@/lib/contracts/maintenance'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { getSiteMaintenanceOf } from '@/lib/services/maintenance'

export const GET = handle({
  summary: 'All that is watched at a site, week by week',
  description:
    'Each asset with what is watched of it: baseline, limit, values and, where they rise, when they reach the limit; else why nothing ' +
    'is said.',
  permission: 'site:read',
  params: z.object({ id: placeIdSchema }),
  answer: siteMaintenanceSchema,
  async run({ user, params }) {
    const maintenance = await getSiteMaintenanceOf(user, params.id)
    if (!maintenance) throw notFound(`site ${params.id}`)
    return maintenance
  },
})
