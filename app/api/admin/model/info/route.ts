import { assistantModelSchema } from '@/lib/contracts/administration'
import { handle } from '@/lib/http/handler'
import { describeAssistantModel } from '@/lib/services/assistant-model'

export const dynamic = 'force-dynamic'

export const GET = handle({
  summary: 'Who answers in the chat, and the model that takes the mains apart',
  description: 'What the configured provider does not have, or does not tell, is null.',
  permission: 'metrics:read',
  answer: assistantModelSchema,
  run: () => describeAssistantModel(),
})
