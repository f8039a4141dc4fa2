import { z } from 'zod'
import { alertHistorySchema } from '@/lib/contracts/alerts'
import { handle } from '@/lib/http/handler'
import { getAlertHistoryOf } from '@/lib/services/alerts/site-alerts'
import { found, siteParams } from '../alert-problem'

export const GET = handle({
  summary: 'What a site alerted to, and who was told',
  description: 'Newest first. The same events come over WebSocket and server-sent events as `new_alert`, when they begin and when they end.',
  permission: 'site:read',
  params: siteParams,
  query: z.object({
    /** Only events stored before this moment, Unix seconds. */
    before: z.coerce.number().min(0).max(1e11).optional(),
    /** Those of one moment are told together, so there may be more. */
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  answer: alertHistorySchema,
  run: ({ user, params, query }) => found(`site ${params.id}`, getAlertHistoryOf(user, params.id, query)),
})
