import { z } from 'zod'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { applianceReportSchema } from '@/lib/contracts/appliance-report'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { getApplianceReportOf } from '@/lib/services/appliance-report'

export const GET = handle({
  summary: 'What is estimated of one appliance',
  description: 'Last run, typical run, weeks, duty, trend.',
  permission: 'site:read',
  params: z.object({ id: placeIdSchema, appliance: z.enum(APPLIANCES) }),
  query: z.object({
    /** The site's first building by default. */
    buildingId: placeIdSchema.optional(),
  }),
  answer: applianceReportSchema,
  async run({ user, params, query }) {
    const report = await getApplianceReportOf(user, params.id, params.appliance, query.buildingId)
    if (!report) throw notFound(`site ${params.id} or building ${query.buildingId ?? ''}`)
    return report
  },
})
