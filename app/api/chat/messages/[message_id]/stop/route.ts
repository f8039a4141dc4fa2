import { z } from 'zod'
import { findGeneration } from '@/lib/assistant/conversation/generation'
import { chatAnswerSchema, chatIdSchema } from '@/lib/contracts/chat'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { refuseChat } from '../../../chat-problem'

export const POST = handle({
  summary: 'Stop an answer on its way',
  description: 'What was said of it so far stays in the conversation.',
  permission: 'chat:use',
  audit: 'no-change',
  params: z.object({ message_id: chatIdSchema }),
  answer: chatAnswerSchema,
  async run({ user, params }) {
    const generation = findGeneration(user.id, params.message_id)
    if (!generation) throw notFound(`answer ${params.message_id} on its way`)
    generation.stop()
    return generation.result.catch(refuseChat)
  },
})
