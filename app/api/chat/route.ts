import { assistantParts } from '@/lib/assistant/assistant-parts'
import { ask } from '@/lib/assistant/conversation/ask'
import { chatAnswerSchema, chatRequestSchema } from '@/lib/contracts/chat'
import { handle } from '@/lib/http/handler'
import { refuseChat } from './chat-problem'

export const POST = handle({
  summary: 'Ask the assistant',
  description:
    'Three bodies are understood: `{message, session_id?}`, `{user_message, conversation_history?}` and ' +
    '`{prompt, session_id?, max_tokens?, temperature?}`; the rest of the fields go with each. Every number of the answer is one of ' +
    'the figures in `grounding.results`, or is marked as unconfirmed. The answer is stored even if the caller does not wait for it.',
  permission: 'chat:use',
  audit: 'no-change',
  body: chatRequestSchema,
  answer: chatAnswerSchema,
  async run({ user, body }) {
    const generation = await ask(user, body, assistantParts()).catch(refuseChat)
    return generation.result.catch(refuseChat)
  },
})
