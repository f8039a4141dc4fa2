import { z } from 'zod'
import { handle } from '@/lib/http/handler'
import { renderMetrics } from '@/lib/http/prometheus'

export const dynamic = 'force-dynamic'

export const GET = handle({
  summary: 'Metrics in the format of Prometheus',
  description: 'Of the web process, and of readings and workers as the database and the live store know them.',
  permission: 'metrics:read',
  answer: z.string(),
  answerType: 'text/plain',
  async run() {
    const { text, contentType } = await renderMetrics()
    return new Response(text, { headers: { 'content-type': contentType } })
  },
})
