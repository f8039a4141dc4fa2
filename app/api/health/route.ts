import { healthReportSchema } from '@/lib/contracts/health'
import { handleOpen } from '@/lib/http/handler'
import { checkHealth } from '@/lib/services/health'

export const dynamic = 'force-dynamic'

export const GET = handleOpen({
  summary: 'The state of the application and of what it needs',
  description: 'Answers 503 only when it cannot serve.',
  // Whoever watches must not be turned away.
  rateLimitCost: 0,
  answer: healthReportSchema,
  async run() {
    const report = await checkHealth()
    return Response.json(report, { status: report.status === 'down' ? 503 : 200 })
  },
})
