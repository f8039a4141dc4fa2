import { z } from 'zod'
import { placeIdSchema } from '@/lib/contracts/sites'
import { weatherForecastsBodySchema, weatherForecastsStoredSchema } from '@/lib/contracts/weather'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { refused } from '@/lib/http/refusal'
import { storeForecastsOf } from '@/lib/services/weather/site-weather'

export const POST = handle({
  summary: 'Store forecasts of the weather that you have from elsewhere',
  description:
    'By the hour, each with the time it was issued, so that a trial on the past uses only what had been said by then: send forecasts ' +
    'of the past as well, each hour as it was forecast one to seven days before. Sending them twice changes nothing.',
  permission: 'data:import',
  audit: { action: 'weather.store', target: ({ params }) => params.id },
  params: z.object({ id: placeIdSchema }),
  body: weatherForecastsBodySchema,
  maxBodyBytes: 4 * 1024 * 1024,
  answer: weatherForecastsStoredSchema,
  async run({ user, params, body }) {
    const stored = await storeForecastsOf(user, params.id, body)
    if (!stored) throw notFound(`site ${params.id}`)
    if ('field' in stored) throw refused(stored)
    return stored
  },
})
