import { cacheFlushSchema } from '@/lib/contracts/administration'
import { handle } from '@/lib/http/handler'
import { flushCache } from '@/lib/services/system-metrics'

export const dynamic = 'force-dynamic'

export const POST = handle({
  summary: 'Empty the cache of the assistant’s answers',
  description: 'Questions that were asked before are answered anew.',
  permission: 'system:manage',
  audit: { action: 'cache.flush' },
  answer: cacheFlushSchema,
  run: () => flushCache(),
})
