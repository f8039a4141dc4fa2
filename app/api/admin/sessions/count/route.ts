import { sessionCountSchema } from '@/lib/contracts/administration'
import { handle } from '@/lib/http/handler'
import { getSessionCount } from '@/lib/services/system-metrics'

export const dynamic = 'force-dynamic'

export const GET = handle({
  summary: 'How many conversations and accounts there are',
  permission: 'metrics:read',
  answer: sessionCountSchema,
  run: () => getSessionCount(),
})
