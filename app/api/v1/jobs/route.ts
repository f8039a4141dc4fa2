import { workPageSchema, workQuerySchema } from '@/lib/contracts/jobs'
import { handle } from '@/lib/http/handler'
import { listWorkOf } from '@/lib/services/jobs'

export const dynamic = 'force-dynamic'

export const GET = handle({
  summary: 'Jobs in the background',
  description: 'Imports, estimates of what was imported, and learning, of the sites the caller may see; newest first.',
  permission: 'job:manage',
  query: workQuerySchema,
  answer: workPageSchema,
  run: ({ user, query }) => listWorkOf(user, query),
})
