import { z } from 'zod'
import { alertChannelSchema, newAlertChannelSchema } from '@/lib/contracts/alerts'
import { handle } from '@/lib/http/handler'
import { createAlertChannelOf, listAlertChannelsOf } from '@/lib/services/alerts/site-alerts'
import { found, siteParams } from '../alert-problem'

export const GET = handle({
  summary: 'How a site alerts',
  description: 'Without secrets: of a webhook only the origin.',
  permission: 'site:read',
  params: siteParams,
  answer: z.object({ data: z.array(alertChannelSchema) }),
  run: async ({ user, params }) => ({ data: await found(`site ${params.id}`, listAlertChannelsOf(user, params.id)) }),
})

export const POST = handle({
  summary: 'A new channel for alerts',
  description:
    'A webhook gets JSON with `X-Undercurrent-Timestamp` (Unix seconds) and `X-Undercurrent-Signature: sha256=` followed by the ' +
    'HMAC-SHA256, in hexadecimal, of timestamp, a dot and the body, made with `secret`; `X-Undercurrent-Delivery` is the same at ' +
    'every attempt. It must answer 2xx within ten seconds. MQTT gets the same JSON with QoS 1.',
  permission: 'alert:manage',
  audit: { action: 'alert-channel.create', target: (_, answer) => answer?.id ?? null },
  params: siteParams,
  body: newAlertChannelSchema,
  answer: alertChannelSchema,
  status: 201,
  run: ({ user, params, body }) => found(`site ${params.id}`, createAlertChannelOf(user, params.id, body)),
})
