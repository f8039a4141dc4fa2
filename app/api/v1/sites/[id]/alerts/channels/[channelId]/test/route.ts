import { z } from 'zod'
import { handle } from '@/lib/http/handler'
import { testAlertChannelOf } from '@/lib/services/alerts/site-alerts'
import { channelParams, found } from '../../../alert-problem'

export const POST = handle({
  summary: 'Send a test over a channel',
  permission: 'alert:manage',
  audit: { action: 'alert-channel.test', target: ({ params }) => params.channelId },
  params: channelParams,
  answer: z.object({ success: z.boolean(), detail: z.string() }),
  rateLimitCost: 20,
  run: ({ user, params }) => found(`channel ${params.channelId}`, testAlertChannelOf(user, params.id, params.channelId)),
})
