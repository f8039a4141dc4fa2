import { ChatRefusal } from '@/lib/assistant/conversation/refusal'
import { Problem } from '@/lib/http/problem'

/** For `catch`: tells a caller why the assistant cannot take or answer a question. @throws always */
export function refuseChat(error: unknown): never {
  if (!(error instanceof ChatRefusal)) throw error
  const { field, retryAfterSeconds } = error.details
  throw new Problem(error.status, field ? `${field}: ${error.message}` : error.message, {
    ...(field && { errors: [{ field, message: error.message }] }),
    ...(retryAfterSeconds !== undefined && { headers: { 'retry-after': String(retryAfterSeconds) } }),
  })
}
