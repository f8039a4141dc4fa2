import type { AssistantPlan, ToolResult } from '@/lib/contracts/assistant'
import { type AssistantRequest, type ProviderEvent, type TokenCounts, ToolFailure } from './provider'

/** Understands a question: what to ask of the measurements, or that there is nothing to ask. */
export interface Planner {
  /**
   * @param previous what was understood of the question before
   * @returns also the times that the question names and the plan is not about, in words, empty for one that could not be read
   * @throws ProviderError where too many are asking at once; the signal's reason
   */
  plan(
    question: string,
    previous: AssistantPlan | null,
    request: AssistantRequest,
    signal: AbortSignal,
  ): Promise<{ plan: AssistantPlan; tokens: TokenCounts; timesLeftOut?: readonly string[] }>
}

/** What a plan came to. */
export interface PlanOutcome {
  plan: AssistantPlan
  /** In the order of its calls: what each tool answered, or why it had no answer, in words for people. */
  outcomes: (ToolResult | { problem: string })[]
  tokens: TokenCounts
  /** Times that the question names and the plan is not about, in words; empty for one that could not be read. */
  timesLeftOut: readonly string[]
}

/**
 * Plans a question and asks the tools, saying each step. What a follow-up refers to ("and last week?") is the plan before;
 * where a client only sent texts, that of its last question.
 */
export async function* planAndCall(
  planner: Planner,
  request: AssistantRequest,
  signal: AbortSignal,
): AsyncGenerator<ProviderEvent, PlanOutcome> {
  const tokens = { input: 0, output: 0 }
  const planned = async (question: string, previous: AssistantPlan | null) => {
    const { plan, tokens: used, timesLeftOut = [] } = await planner.plan(question, previous, request, signal)
    tokens.input += used.input
    tokens.output += used.output
    return { plan, timesLeftOut }
  }
  const before = request.history.at(-1)?.question
  const previous = request.previousPlan ?? (before === undefined ? null : (await planned(before, null)).plan)
  signal.throwIfAborted()
  const { plan, timesLeftOut } = await planned(request.question, previous)
  signal.throwIfAborted()
  yield { type: 'plan', plan }
  const outcome: PlanOutcome = { plan, outcomes: [], tokens, timesLeftOut }
  if (plan.kind !== 'calls') return outcome
  for (const [index, call] of plan.calls.entries()) {
    const id = `call_${index + 1}`
    yield { type: 'call', id, call }
    try {
      const result = await request.callTool(call, signal)
      outcome.outcomes.push(result)
      yield { type: 'result', id, result }
    } catch (error) {
      if (!(error instanceof ToolFailure)) throw error
      outcome.outcomes.push({ problem: error.message })
      yield { type: 'failure', id, message: error.message }
    }
  }
  return outcome
}
