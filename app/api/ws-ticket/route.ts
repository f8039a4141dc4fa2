import { z } from 'zod'
import { issueWsTicket, WS_TICKET_SECONDS } from '@/lib/auth/ws-ticket'
import { handle } from '@/lib/http/handler'

export const POST = handle({
  summary: 'A ticket for one WebSocket connection',
  description: 'For `WS /ws/site/{site_id}?ticket=...`; it can be used once.',
  permission: 'site:read',
  audit: 'no-change',
  answer: z.object({
    ticket: z.string(),
    /** Seconds until it can no longer be used; it can be used once. */
    expires_in: z.number().int(),
    /** The same as a time, ISO 8601. */
    expires_at: z.string(),
  }),
  run: async ({ request }) => ({
    ticket: await issueWsTicket(request),
    expires_in: WS_TICKET_SECONDS,
    expires_at: new Date(Date.now() + WS_TICKET_SECONDS * 1000).toISOString(),
  }),
})
