import type { AssistantProvider, AssistantRequest, ProviderEvent, ProviderTraits, WordedSegment } from './provider'
import { type PlanOutcome, type Planner, planAndCall } from './planned-answer'

/** Says what a plan came to. */
export type Wording = (outcome: PlanOutcome, request: AssistantRequest) => readonly WordedSegment[]

/** The project's own: a small model plans, tools measure, templates word. Needs no network, no key and no download. */
export class EmbeddedProvider implements AssistantProvider {
  constructor(
    readonly planner: Planner,
    readonly word: Wording,
    readonly missing: () => Promise<string | null> = async () => null,
  ) {}

  describe(): ProviderTraits {
    return {
      provider: 'embedded',
      model: 'undercurrent-planner',
      description: 'Built in: answers questions about your electricity at once, without any network.',
      local: true,
      callsTools: true,
      freeText: false,
      slow: false,
    }
  }

  problem(): Promise<string | null> {
    return this.missing()
  }

  async *answer(request: AssistantRequest, signal: AbortSignal): AsyncGenerator<ProviderEvent> {
    const outcome = yield* planAndCall(this.planner, request, signal)
    yield { type: 'worded', segments: this.word(outcome, request) }
    yield { type: 'done', tokens: outcome.tokens }
  }
}
