import { z } from 'zod'
import { siteAnomaliesSchema } from '@/lib/contracts/anomalies'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { listAnomaliesOf } from '@/lib/services/anomalies'

export const GET = handle({
  summary: 'What looked wrong at a site within the last 90 days, newest first',
  description:
    'Each with what was expected, how far it is from that (`deviation`, %), how sure that is, and a sentence with the evidence. ' +
    'Sites are looked at every hour; what is usual is learnt from up to five weeks of their own measurements.',
  permission: 'site:read',
  query: z.object({ siteId: placeIdSchema }),
  answer: siteAnomaliesSchema,
  async run({ user, query }) {
    const anomalies = await listAnomaliesOf(user, query.siteId)
    if (!anomalies) throw notFound(`site ${query.siteId}`)
    return anomalies
  },
})
