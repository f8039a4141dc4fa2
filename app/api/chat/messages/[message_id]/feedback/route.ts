import { z } from 'zod'
import { giveFeedback } from '@/lib/assistant/conversation/sessions'
import { chatIdSchema, chatMessageSchema, feedbackSchema } from '@/lib/contracts/chat'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'

export const PUT = handle({
  summary: 'Say whether an answer was helpful',
  permission: 'chat:use',
  audit: 'no-change',
  params: z.object({ message_id: chatIdSchema }),
  body: feedbackSchema,
  answer: chatMessageSchema,
  async run({ user, params, body }) {
    const message = await giveFeedback(user, params.message_id, body)
    if (!message) throw notFound(`answer ${params.message_id}`)
    return message
  },
})
