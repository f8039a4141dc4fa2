import { z } from 'zod'
import { placeIdSchema } from '@/lib/contracts/sites'
import { hourlyValuesStoredSchema } from '@/lib/contracts/tariffs'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { readText } from '@/lib/http/read-text'
import { refused } from '@/lib/http/refusal'
import { importHourlyCsvOf } from '@/lib/services/hourly-values'

export const POST = handle({
  summary: 'Store hourly CO2 factors from a CSV file',
  description: 'A header with `timestamp` and `value`, a line per hour or quarter of an hour.',
  permission: 'tariff:write',
  audit: { action: 'carbon.store', target: ({ params }) => params.id },
  bodyTypes: ['text/csv'],
  params: z.object({ id: placeIdSchema }),
  answer: hourlyValuesStoredSchema,
  async run({ user, params, request }) {
    const stored = await importHourlyCsvOf(user, params.id, 'carbon', await readText(request), 'kWh')
    if (!stored) throw notFound(`site ${params.id}`)
    if ('field' in stored) throw refused(stored)
    return stored
  },
})
