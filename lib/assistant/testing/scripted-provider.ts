import type { ToolCall } from '@/lib/contracts/assistant'
import { type AssistantProvider, type AssistantRequest, ProviderError, type ProviderEvent, type ProviderTraits } from '../providers/provider'

type Step = { call: ToolCall } | { say: string } | { wait: Promise<unknown> } | { fail: ProviderError }

/** A language model that does as it is told, once for every time it is asked; the last time stands for all that follow. */
export class ScriptedProvider implements AssistantProvider {
  readonly asked: AssistantRequest[] = []

  constructor(
    readonly script: Step[][],
    readonly traits: Partial<ProviderTraits> = {},
  ) {}

  describe(): ProviderTraits {
    return {
      provider: 'openai', model: 'scripted', description: '', local: false, callsTools: true, freeText: true, slow: false, ...this.traits,
    }
  }

  async problem(): Promise<string | null> {
    return null
  }

  async *answer(request: AssistantRequest, signal: AbortSignal): AsyncGenerator<ProviderEvent> {
    const steps = this.script[Math.min(this.asked.length, this.script.length - 1)] ?? []
    this.asked.push(request)
    for (const [index, step] of steps.entries()) {
      signal.throwIfAborted()
      if ('fail' in step) throw step.fail
      if ('wait' in step) {
        await Promise.race([step.wait, new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))])
      } else if ('say' in step) yield { type: 'text', text: step.say }
      else {
        const id = `call_${index}`
        yield { type: 'call', id, call: step.call }
        yield { type: 'result', id, result: await request.callTool(step.call, signal) }
      }
    }
    yield { type: 'done', tokens: { input: 100, output: 20 } }
  }
}
