import { z } from 'zod'
import { handleOpen } from '@/lib/http/handler'

export const dynamic = 'force-dynamic'

/** Whoever restarts processes asks here, so nothing else may fail it. */
export const GET = handleOpen({
  summary: 'That this process answers',
  rateLimitCost: 0,
  answer: z.object({ status: z.literal('ok') }),
  run: async () => ({ status: 'ok' as const }),
})
