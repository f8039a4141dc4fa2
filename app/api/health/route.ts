import { handleOpen } from '@/lib/http/handler'
import { checkHealth } from '@/lib/services/health'

export const dynamic = 'force-dynamic'

/** The state of the application and of what it needs; 503 only when it cannot serve. */
export const GET = handleOpen(async () => {
  const report = await checkHealth()
  return Response.json(report, { status: report.status === 'down' ? 503 : 200 })
})
