import { z } from 'zod'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { FORECAST_SERIES, forecastAnswerSchema, horizonSchema } from '@/lib/contracts/forecast'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { orConflict } from '@/lib/http/series-refusal'
import { getForecastOf } from '@/lib/services/forecast'

export const GET = handle({
  summary: 'What a site will draw, hour by hour',
  description:
    'From 1h to 7d ahead, with the band in which 95 of 100 hours lie, chosen and measured on the site’s own past. 409 where there is ' +
    'too little of it. The first answer for a site is made by a few quick ways at once; the comparison of all ways runs in the background and ' +
    'mostly serves a minute later (the `provisional` note of /api/v1/sites/{id}/forecast says whether it still runs). `appliance` asks for one appliance, `series=solar` for what is fed into the grid.',
  permission: 'site:read',
  rateLimitCost: 5,
  query: z.object({
    siteId: placeIdSchema,
    horizon: horizonSchema.default('24h'),
    series: z.enum(FORECAST_SERIES).default('load'),
    appliance: z.enum(APPLIANCES).optional(),
  }),
  answer: forecastAnswerSchema,
  async run({ user, query: { siteId, horizon, series, appliance } }) {
    const answer = await orConflict(getForecastOf(user, { siteId, horizon, of: appliance ?? series }))
    if (!answer) throw notFound(`site ${siteId}`)
    return answer
  },
})
