import { systemHealthSchema } from '@/lib/contracts/system-health'
import { handle } from '@/lib/http/handler'
import { getSystemHealth } from '@/lib/services/system-health'

export const dynamic = 'force-dynamic'

export const GET = handle({
  summary: 'The state of all parts: processes, stream, queues, database, disk',
  description: 'A part that does not answer in time is null; the rest is told all the same.',
  permission: 'metrics:read',
  answer: systemHealthSchema,
  run: () => getSystemHealth(),
})
