import { z } from 'zod'
import { placeIdSchema } from '@/lib/contracts/sites'
import { hourlyValuesBodySchema, hourlyValuesSchema, hourlyValuesStoredSchema } from '@/lib/contracts/tariffs'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { refused } from '@/lib/http/refusal'
import { listHourlyValuesOf, removeHourlyValuesOf, storeHourlyValuesOf } from '@/lib/services/hourly-values'

const params = z.object({ id: placeIdSchema })
/** Dates (their first instant at the site), ISO 8601, or Unix seconds; `to` is exclusive. */
const period = z.object({ from: z.string().max(40), to: z.string().max(40) })

export const GET = handle({
  summary: 'Hourly prices that a dynamic tariff goes by',
  description: "Or quarter-hourly; in the site's currency per kWh.",
  permission: 'site:read',
  params,
  query: period,
  answer: hourlyValuesSchema,
  async run({ user, params, query }) {
    const values = await listHourlyValuesOf(user, params.id, 'price', query)
    if (!values) throw notFound(`site ${params.id}`)
    if ('field' in values) throw refused(values)
    return values
  },
})

export const POST = handle({
  summary: 'Store hourly prices',
  description: 'Each in place of what was there for its time: sending them twice changes nothing.',
  permission: 'tariff:write',
  audit: { action: 'prices.store', target: ({ params }) => params.id },
  params,
  body: hourlyValuesBodySchema,
  answer: hourlyValuesStoredSchema,
  async run({ user, params, body }) {
    const stored = await storeHourlyValuesOf(user, params.id, 'price', body.values)
    if (!stored) throw notFound(`site ${params.id}`)
    if ('field' in stored) throw refused(stored)
    return stored
  },
})

export const DELETE = handle({
  summary: 'Delete hourly prices of a period',
  permission: 'tariff:write',
  audit: { action: 'prices.delete', target: ({ params }) => params.id, after: ({ query }, answer) => ({ ...query, ...answer }) },
  params,
  query: period,
  answer: z.object({ deleted: z.number().int() }),
  async run({ user, params, query }) {
    const removed = await removeHourlyValuesOf(user, params.id, 'price', query)
    if (!removed) throw notFound(`site ${params.id}`)
    if ('field' in removed) throw refused(removed)
    return removed
  },
})
