import type { ToolCall, ToolResult } from '@/lib/contracts/assistant'
import type { CurrentUser } from '@/lib/contracts/current-user'
import type { Grounding } from '@/lib/contracts/chat'
import type { AssistantProvider, AssistantSite } from '@/lib/assistant/providers/provider'

/** A text that says no more than the results do. */
export interface CheckedText extends Pick<Grounding, 'citations' | 'ungrounded' | 'confidence' | 'devices'> {
  /** With what agrees with nothing taken out, or marked. */
  text: string
}

export interface ToolContext {
  user: CurrentUser
  site: AssistantSite
  /** Unix seconds; the same for all calls of one answer. */
  nowSeconds: number
  signal: AbortSignal
}

/** What a conversation is made of; tests put their own in the place of one or another. */
export interface AssistantParts {
  /** In the order they are to be tried. @throws ChatRefusal 422 where the caller may not choose this model */
  providersFor(model: string | null): AssistantProvider[]
  /** @throws ToolFailure */
  callTool(call: ToolCall, context: ToolContext): Promise<ToolResult>
  ground(text: string, results: readonly ToolResult[], question: string): CheckedText
}
