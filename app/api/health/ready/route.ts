import { handleOpen } from '@/lib/http/handler'
import { checkReady } from '@/lib/services/health'

export const dynamic = 'force-dynamic'

/** Whether requests should be sent here now; a load balancer asks. */
export const GET = handleOpen(async () => {
  const { ready, database, liveStore } = await checkReady()
  return Response.json({ status: ready ? 'ok' : 'down', database, liveStore }, { status: ready ? 200 : 503 })
})
