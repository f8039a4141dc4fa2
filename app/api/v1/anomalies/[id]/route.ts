import { z } from 'zod'
import { anomalyDecisionSchema, anomalyDetailSchema } from '@/lib/contracts/anomalies'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { decideAnomalyOf, getAnomalyOf } from '@/lib/services/anomalies'

const params = z.object({ id: placeIdSchema })

export const GET = handle({
  summary: 'An anomaly with the curve it was judged by',
  permission: 'site:read',
  params,
  answer: anomalyDetailSchema,
  async run({ user, params: { id } }) {
    const anomaly = await getAnomalyOf(user, id)
    if (!anomaly) throw notFound(`anomaly ${id}`)
    return anomaly
  },
})

export const PATCH = handle({
  summary: 'Acknowledge, snooze, dismiss or reopen an anomaly',
  description: 'A dismissal says that it was a false alarm: the threshold of its kind rises in this building for half a year.',
  permission: 'home:teach',
  audit: {
    action: 'anomaly.decide',
    target: ({ params: { id } }) => id,
    before: async ({ user, params: { id } }) => {
      const anomaly = await getAnomalyOf(user, id)
      return anomaly && { status: anomaly.status, snoozedUntil: anomaly.snoozedUntil }
    },
    after: (_, answer) => answer && { status: answer.status, snoozedUntil: answer.snoozedUntil },
  },
  params,
  body: anomalyDecisionSchema,
  answer: anomalyDetailSchema,
  async run({ user, params: { id }, body }) {
    const anomaly = await decideAnomalyOf(user, id, body)
    if (!anomaly) throw notFound(`anomaly ${id}`)
    return anomaly
  },
})
