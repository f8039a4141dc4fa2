import type { ToolName, ToolResult } from '@/lib/contracts/assistant'
import type { CurrentUser } from '@/lib/contracts/current-user'
import type { Grounding, ModelDescription } from '@/lib/contracts/chat'
import type { SiteRow } from '@/lib/data/sites'
import type { AssistantProvider, AssistantRequest, CallTool, WordedSegment } from '@/lib/assistant/providers/provider'

/** A text that says no more than the results do. */
export interface CheckedText extends Pick<Grounding, 'citations' | 'ungrounded' | 'confidence' | 'devices'> {
  /** With what agrees with nothing taken out, or marked. */
  text: string
}

/** What a text is an answer to. */
export type GroundingAbout = Pick<AssistantRequest, 'question' | 'site' | 'nowSeconds'>

/** What a conversation is made of; tests put their own in the place of one or another. */
export interface AssistantParts {
  /** In the order they are to be tried. @throws ChatRefusal 422 where the caller may not choose this model */
  providersFor(model: string | null): AssistantProvider[]
  /** All that a caller may choose from. */
  models(): Promise<ModelDescription[]>
  availableTools(): readonly ToolName[]
  clusterNames(user: CurrentUser, site: SiteRow): Promise<readonly string[]>
  /** For one reply: the ids of its figures are unique within it. */
  openTools(user: CurrentUser, site: SiteRow, nowSeconds: number): CallTool
  groundWorded(
    segments: readonly WordedSegment[],
    results: readonly ToolResult[],
    about: GroundingAbout,
    problems: readonly string[],
  ): CheckedText
  ground(text: string, results: readonly ToolResult[], about: GroundingAbout): CheckedText
}
