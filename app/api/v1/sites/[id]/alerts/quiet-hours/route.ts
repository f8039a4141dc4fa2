import { z } from 'zod'
import { quietHoursSchema } from '@/lib/contracts/alerts'
import { handle } from '@/lib/http/handler'
import { getQuietHoursOf, setQuietHoursOf } from '@/lib/services/alerts/site-alerts'
import { found, siteParams } from '../alert-problem'

const answer = z.object({ timeZone: z.string(), quiet: quietHoursSchema.nullable() })

export const GET = handle({
  summary: 'When a site sends no alerts',
  permission: 'site:read',
  params: siteParams,
  answer,
  run: ({ user, params }) => found(`site ${params.id}`, getQuietHoursOf(user, params.id)),
})

export const PUT = handle({
  summary: 'Set or remove quiet hours',
  description: 'On the site’s clock. What happens meanwhile is sent as one message per channel when they end.',
  permission: 'alert:manage',
  audit: {
    action: 'alert-quiet-hours.update',
    target: ({ params }) => params.id,
    before: ({ user, params }) => getQuietHoursOf(user, params.id),
  },
  params: siteParams,
  body: z.object({ quiet: quietHoursSchema.nullable() }),
  answer,
  run: ({ user, params, body }) => found(`site ${params.id}`, setQuietHoursOf(user, params.id, body.quiet)),
})
