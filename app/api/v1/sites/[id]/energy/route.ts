import { z } from 'zod'
import { ENERGY_GRANULARITIES, ENERGY_GROUPINGS, energyReportSchema } from '@/lib/contracts/energy'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { refused } from '@/lib/http/refusal'
import { roundAnswer } from '@/lib/http/round-answer'
import { getEnergyReportOf } from '@/lib/services/energy-report'

export const GET = handle({
  summary: 'Energy, cost and CO2 in any period',
  description: 'By hour, day or month at the site, and by appliance or room; coverage beside every sum.',
  permission: 'site:read',
  params: z.object({ id: placeIdSchema }),
  query: z.object({
    /** A date (its first instant at the site), ISO 8601 (at the site where it has no offset), or Unix seconds. */
    from: z.string().max(40),
    /** Exclusive. */
    to: z.string().max(40),
    granularity: z.enum(ENERGY_GRANULARITIES).default('day'),
    by: z.enum(ENERGY_GROUPINGS).default('appliance'),
  }),
  answer: energyReportSchema,
  async run({ user, params, query }) {
    const report = await getEnergyReportOf(user, params.id, query)
    if (!report) throw notFound(`site ${params.id}`)
    if ('field' in report) throw refused({ field: `query.${report.field}`, message: report.message })
    return roundAnswer(report)
  },
})
