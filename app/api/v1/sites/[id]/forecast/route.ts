import { z } from 'zod'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { FORECAST_SERIES, forecastReportSchema, horizonSchema } from '@/lib/contracts/forecast'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { orConflict } from '@/lib/http/series-refusal'
import { getForecastReportOf } from '@/lib/services/forecast'

export const GET = handle({
  summary: 'A forecast with what it rests on',
  description: 'The mix of methods, how well it did on the past, and what the same choice makes of the readings from before the last day, beside what came. While a better choice is being made in the background, the notes hold `provisional`.',
  permission: 'site:read',
  params: z.object({ id: placeIdSchema }),
  query: z.object({
    horizon: horizonSchema.default('24h'),
    series: z.enum(FORECAST_SERIES).default('load'),
    appliance: z.enum(APPLIANCES).optional(),
  }),
  answer: forecastReportSchema,
  async run({ user, params, query: { horizon, series, appliance } }) {
    const report = await orConflict(getForecastReportOf(user, params.id, { horizon, of: appliance ?? series }))
    if (!report) throw notFound(`site ${params.id}`)
    return report
  },
})
