import { z } from 'zod'
import { deleteAllSessionsOf, listSessionsOf } from '@/lib/assistant/conversation/sessions'
import { chatSessionSchema, historyQuerySchema } from '@/lib/contracts/chat'
import { handle } from '@/lib/http/handler'

export const GET = handle({
  summary: "The caller's conversations, the last active first",
  description:
    'A page of them, each with its newest messages; the next page comes with `before` and `before_id`. What each answer rests on ' +
    '(`grounding`) is null here; the single conversation has it.',
  permission: 'chat:use',
  query: historyQuerySchema,
  answer: z.array(chatSessionSchema),
  run: ({ user, query }) => listSessionsOf(user, query),
})

export const DELETE = handle({
  summary: 'Delete all of one’s conversations',
  permission: 'chat:use',
  audit: { action: 'chat.delete-all', target: ({ user }) => user.id },
  answer: z.object({ success: z.boolean(), deleted: z.int() }),
  async run({ user }) {
    return { success: true, deleted: await deleteAllSessionsOf(user) }
  },
})
