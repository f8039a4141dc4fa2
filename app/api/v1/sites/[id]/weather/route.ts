import { z } from 'zod'
import { placeIdSchema } from '@/lib/contracts/sites'
import { weatherSettingsSchema, weatherStateSchema } from '@/lib/contracts/weather'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { getWeatherOf, removeWeatherOf, setWeatherOf } from '@/lib/services/weather/site-weather'

const params = z.object({ id: placeIdSchema })

export const GET = handle({
  summary: 'Where a site is for its weather, and what is stored of forecasts',
  permission: 'site:read',
  params,
  answer: weatherStateSchema,
  async run({ user, params: { id } }) {
    const state = await getWeatherOf(user, id)
    if (!state) throw notFound(`site ${id}`)
    return state
  },
})

export const PUT = handle({
  summary: 'Say where a site is, and whether its weather is fetched',
  description:
    'Nothing is fetched before `isOn` is true. From then on the place, rounded to 0.01 degrees, is sent to the weather service (`hosts` ' +
    'of the answer): once for the forecasts of the last three months, then every three hours. Another place than before deletes what was fetched.',
  permission: 'site:manage',
  audit: { action: 'weather.update', target: ({ params }) => params.id, before: ({ user, params: { id } }) => getWeatherOf(user, id) },
  params,
  body: weatherSettingsSchema,
  answer: weatherStateSchema,
  async run({ user, params: { id }, body }) {
    const state = await setWeatherOf(user, id, body)
    if (!state) throw notFound(`site ${id}`)
    return state
  },
})

export const DELETE = handle({
  summary: 'Forget where a site is, and the weather that was fetched for it',
  description: 'Forecasts that were sent to `weather/forecasts` stay.',
  permission: 'site:manage',
  audit: { action: 'weather.delete', target: ({ params }) => params.id, before: ({ user, params: { id } }) => getWeatherOf(user, id) },
  params,
  answer: z.never(),
  async run({ user, params: { id } }) {
    if ((await removeWeatherOf(user, id)) === null) throw notFound(`site ${id}`)
    return new Response(null, { status: 204 })
  },
})
