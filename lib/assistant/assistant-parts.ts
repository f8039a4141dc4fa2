import type { AssistantParts } from './conversation/parts'

// Global, because Next may load this module once per bundle.
const shared = globalThis as typeof globalThis & { undercurrentAssistantParts?: AssistantParts }

/** What conversations are made of in this process. */
export function assistantParts(): AssistantParts {
  if (!shared.undercurrentAssistantParts) throw new Error('The assistant has no parts.')
  return shared.undercurrentAssistantParts
}

/** For tests: others in their place; null: the application's own again. */
export function setAssistantParts(parts: AssistantParts | null): void {
  shared.undercurrentAssistantParts = parts ?? undefined
}
