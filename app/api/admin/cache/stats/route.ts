import { cacheStatsSchema } from '@/lib/contracts/administration'
import { handle } from '@/lib/http/handler'
import { getCacheStats } from '@/lib/services/system-metrics'

export const dynamic = 'force-dynamic'

export const GET = handle({
  summary: 'The cache of the assistant’s answers',
  description: 'In Redis where there is one, for all web processes together; else in the memory of the one that answers.',
  permission: 'metrics:read',
  answer: cacheStatsSchema,
  run: () => getCacheStats(),
})
