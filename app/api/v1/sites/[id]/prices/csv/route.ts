import { z } from 'zod'
import { placeIdSchema } from '@/lib/contracts/sites'
import { hourlyValuesStoredSchema } from '@/lib/contracts/tariffs'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { readText } from '@/lib/http/read-text'
import { refused } from '@/lib/http/refusal'
import { importHourlyCsvOf } from '@/lib/services/hourly-values'

export const POST = handle({
  summary: 'Store hourly prices from a CSV file',
  description: 'A header with `timestamp` and `price`, a line per hour or quarter of an hour.',
  permission: 'tariff:write',
  audit: { action: 'prices.store', target: ({ params }) => params.id },
  bodyTypes: ['text/csv'],
  params: z.object({ id: placeIdSchema }),
  query: z.object({ per: z.enum(['kWh', 'MWh']).default('kWh') }),
  answer: hourlyValuesStoredSchema,
  async run({ user, params, query, request }) {
    const stored = await importHourlyCsvOf(user, params.id, 'price', await readText(request), query.per)
    if (!stored) throw notFound(`site ${params.id}`)
    if ('field' in stored) throw refused(stored)
    return stored
  },
})
