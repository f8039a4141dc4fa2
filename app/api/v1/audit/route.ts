import { auditPageSchema, auditQuerySchema } from '@/lib/contracts/audit'
import { handle } from '@/lib/http/handler'
import { listAudit } from '@/lib/services/audit'

export const GET = handle({
  summary: 'Who changed what, newest first',
  description: 'What was changed as it was and as it is since; secrets are left out. `next` of an answer is `before` of the next page.',
  permission: 'audit:read',
  query: auditQuerySchema,
  answer: auditPageSchema,
  run: ({ query }) => listAudit(query),
})
