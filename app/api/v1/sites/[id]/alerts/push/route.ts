import { z } from 'zod'
import { pushSubscriptionSchema } from '@/lib/contracts/alerts'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { pushPublicKey } from '@/lib/services/alerts/channels/send-push'
import { getQuietHoursOf, subscribePushOf, unsubscribePushOf } from '@/lib/services/alerts/site-alerts'
import { doneSchema, found, siteParams } from '../alert-problem'

export const GET = handle({
  summary: 'What a browser needs to subscribe to alerts',
  permission: 'site:read',
  params: siteParams,
  answer: z.object({ publicKey: z.string() }),
  async run({ user, params }) {
    await found(`site ${params.id}`, getQuietHoursOf(user, params.id))
    return { publicKey: await pushPublicKey() }
  },
})

export const POST = handle({
  summary: 'Let this browser show a site’s alerts',
  // A key that is lost must leave nothing behind that goes on telling.
  permission: 'account:manage',
  audit: { action: 'alert-push.subscribe', target: ({ params }) => params.id },
  params: siteParams,
  body: pushSubscriptionSchema,
  answer: doneSchema,
  async run({ user, params, body }) {
    if (!(await subscribePushOf(user, params.id, body))) throw notFound(`site ${params.id}`)
    return { success: true as const }
  },
})

export const DELETE = handle({
  summary: 'Let this browser show no more of a site’s alerts',
  permission: 'account:manage',
  audit: { action: 'alert-push.unsubscribe', target: ({ params }) => params.id },
  params: siteParams,
  body: pushSubscriptionSchema.pick({ endpoint: true }),
  answer: doneSchema,
  async run({ user, params, body }) {
    if (!(await unsubscribePushOf(user, params.id, body.endpoint))) throw notFound(`subscription of site ${params.id}`)
    return { success: true as const }
  },
})
