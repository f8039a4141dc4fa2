import { z } from 'zod'
import { handleOpen } from '@/lib/http/handler'

export const dynamic = 'force-dynamic'

/** Also what `GET /` answers to a client that does not ask for HTML. */
export const GET = handleOpen({
  summary: 'What this is and where to go on',
  answer: z.object({ name: z.string(), status: z.string(), health: z.string(), docs: z.string(), openapi: z.string() }),
  run: async () => ({ name: 'Undercurrent', status: 'ok', health: '/api/health', docs: '/docs', openapi: '/api/openapi.json' }),
})
