import { systemMetricsSchema } from '@/lib/contracts/administration'
import { handle } from '@/lib/http/handler'
import { getSystemMetrics } from '@/lib/services/system-metrics'

export const dynamic = 'force-dynamic'

export const GET = handle({
  summary: 'How the system is, in a few figures',
  description:
    'Processor and memory of the machine in percent. Requests are those of the API that the running web processes answered since each ' +
    'began; of processes other than the one that answers as of some seconds ago. Sessions are conversations with the assistant.',
  permission: 'metrics:read',
  answer: systemMetricsSchema,
  run: () => getSystemMetrics(),
})
