import { z } from 'zod'
import { ENERGY_GRANULARITIES, ENERGY_GROUPINGS } from '@/lib/contracts/energy'
import { EXPORT_FORMATS } from '@/lib/contracts/energy-export'
import { placeIdSchema } from '@/lib/contracts/sites'
import { fileResponse } from '@/lib/http/file-response'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { refused } from '@/lib/http/refusal'
import { energyTable, exportName } from '@/lib/services/energy-export'
import { getEnergyReportOf } from '@/lib/services/energy-report'
import { TABLE_MEDIA_TYPES } from '@/lib/services/table-file'

export const GET = handle({
  summary: 'Energy, cost and CO2 as a file',
  description: 'The sums of `.../energy`, a line per item of each hour, day or month; CSV, or Parquet on request.',
  permission: 'site:read',
  params: z.object({ id: placeIdSchema }),
  query: z.object({
    from: z.string().max(40),
    to: z.string().max(40),
    granularity: z.enum(ENERGY_GRANULARITIES).default('day'),
    by: z.enum(ENERGY_GROUPINGS).default('appliance'),
    format: z.enum(EXPORT_FORMATS).default('csv'),
  }),
  answer: z.string(),
  answerType: 'text/csv',
  async run({ user, params, query }) {
    const report = await getEnergyReportOf(user, params.id, query)
    if (!report) throw notFound(`site ${params.id}`)
    if ('field' in report) throw refused({ field: `query.${report.field}`, message: report.message })
    const name = exportName(report.siteId, report.from, report.timeZone, `energy-by-${query.granularity}`)
    return fileResponse(energyTable(report, query.format), `${name}.${query.format}`, TABLE_MEDIA_TYPES[query.format])
  },
})
