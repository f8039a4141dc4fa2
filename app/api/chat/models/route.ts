import { z } from 'zod'
import { assistantParts } from '@/lib/assistant/assistant-parts'
import { modelDescriptionSchema } from '@/lib/contracts/chat'
import { handle } from '@/lib/http/handler'

export const GET = handle({
  summary: 'Who can answer in the chat, and what each can do',
  permission: 'chat:use',
  answer: z.object({ data: z.array(modelDescriptionSchema) }),
  async run() {
    return { data: await assistantParts().models() }
  },
})
