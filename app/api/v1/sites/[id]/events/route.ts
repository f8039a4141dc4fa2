import { z } from 'zod'
import { issueWsTicket } from '@/lib/auth/ws-ticket'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound, Problem } from '@/lib/http/problem'
import { getSiteOf } from '@/lib/services/describe-sites'
import { openSiteEvents } from '@/lib/services/site-events'

export const GET = handle({
  summary: 'Live data as server-sent events',
  description:
    'What `WS /ws/site/{id}` sends: a snapshot, then deltas, the same JSON in `data`. With `Last-Event-ID` the deltas missed ' +
    'since come instead of a snapshot, as long as they are remembered (some two minutes).',
  permission: 'site:read',
  params: z.object({ id: placeIdSchema }),
  query: z.object({
    /** For clients that cannot set the Last-Event-ID header of a first request. */
    lastEventId: z.string().max(100).optional(),
  }),
  answer: z.string(),
  answerType: 'text/event-stream',
  async run({ user, params, query, request }) {
    if (!(await getSiteOf(user, params.id))) throw notFound(`site ${params.id}`)
    const upstream = await openSiteEvents({
      siteId: params.id,
      ticket: await issueWsTicket(request),
      lastEventId: request.headers.get('last-event-id') ?? query.lastEventId,
      signal: request.signal,
    })
    if (upstream.status === 404) throw notFound(`site ${params.id}`)
    if (upstream.status === 429) throw new Problem(429, upstream.detail, { headers: { 'retry-after': '10' } })
    if (!upstream.body) throw new Problem(503, upstream.detail, { headers: { 'retry-after': '5' } })
    return new Response(upstream.body, {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        // Neither a proxy nor the compression of the web server may hold events back.
        'cache-control': 'private, no-store, no-transform',
        'x-accel-buffering': 'no',
      },
    })
  },
})
