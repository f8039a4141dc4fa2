import { z } from 'zod'
import { placeIdSchema } from '@/lib/contracts/sites'
import { carbonFactorsSchema } from '@/lib/contracts/tariffs'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { listCarbonFactorsOf, setCarbonFactorsOf } from '@/lib/services/site-tariffs'

const params = z.object({ id: placeIdSchema })

export const GET = handle({
  summary: 'Grams of CO2 equivalent per kWh, each from a day on',
  permission: 'site:read',
  params,
  answer: carbonFactorsSchema,
  async run({ user, params }) {
    const data = await listCarbonFactorsOf(user, params.id)
    if (!data) throw notFound(`site ${params.id}`)
    return { data }
  },
})

export const PUT = handle({
  summary: 'Set grams of CO2 equivalent per kWh, each from a day on',
  description: 'In place of all that the site had.',
  permission: 'tariff:write',
  audit: {
    action: 'carbon-factors.update',
    target: ({ params }) => params.id,
    before: async ({ user, params }) => ({ data: await listCarbonFactorsOf(user, params.id) }),
  },
  params,
  body: carbonFactorsSchema,
  answer: carbonFactorsSchema,
  async run({ user, params, body }) {
    const data = await setCarbonFactorsOf(user, params.id, body.data)
    if (!data) throw notFound(`site ${params.id}`)
    return { data }
  },
})
