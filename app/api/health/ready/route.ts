import { z } from 'zod'
import { partHealthSchema } from '@/lib/contracts/health'
import { handleOpen } from '@/lib/http/handler'
import { checkReady } from '@/lib/services/health'

export const dynamic = 'force-dynamic'

/** A load balancer asks. */
export const GET = handleOpen({
  summary: 'Whether requests should be sent here now',
  rateLimitCost: 0,
  answer: z.object({ status: z.string(), database: partHealthSchema, liveStore: partHealthSchema }),
  async run() {
    const { ready, database, liveStore } = await checkReady()
    return Response.json({ status: ready ? 'ok' : 'down', database, liveStore }, { status: ready ? 200 : 503 })
  },
})
