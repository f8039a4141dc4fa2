import { performanceSchema } from '@/lib/contracts/performance'
import { handle } from '@/lib/http/handler'
import { getPerformance } from '@/lib/services/performance'

export const dynamic = 'force-dynamic'

export const GET = handle({
  summary: 'How fast the application was in the last half hour',
  description: 'Of all processes together, in stretches of ten seconds; routes over the last quarter of an hour.',
  permission: 'metrics:read',
  answer: performanceSchema,
  run: () => getPerformance(),
})
