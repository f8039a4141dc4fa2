import { type LanguageModel, type ModelMessage, stepCountIs, streamText, tool, type ToolSet } from 'ai'
import type { z } from 'zod'
import { TOOL_ARGUMENTS, type ToolArguments, type ToolCall } from '@/lib/contracts/assistant'
import { EventQueue } from './event-queue'
import { boundedHistory, boundedResult, systemPrompt } from './prompt'
import {
  type AssistantProvider,
  type AssistantRequest,
  ProviderError,
  type ProviderEvent,
  type ProviderTraits,
  ToolFailure,
} from './provider'
import { toProviderError } from './sdk-errors'
import { TOOL_DESCRIPTIONS } from './tool-definitions'

const MAX_STEPS = 6
const MAX_CALLS = 12
/** A server that waits longer than this with its next words has stopped. */
const CHUNK_MILLISECONDS = 60_000

export interface SdkProviderOptions {
  traits: ProviderTraits
  /** null: it can be asked. */
  missing: string | null
  model: () => LanguageModel
  timeoutSeconds: number
  /** How often a refusal for want of capacity, or a broken connection, is tried again. */
  maxRetries?: number
}

/** A language model behind a server, asked through the AI SDK with its own way of calling tools. */
export class SdkProvider implements AssistantProvider {
  constructor(readonly options: SdkProviderOptions) {}

  describe(): ProviderTraits {
    return this.options.traits
  }

  async problem(): Promise<string | null> {
    return this.options.missing
  }

  async *answer(request: AssistantRequest, signal: AbortSignal): AsyncGenerator<ProviderEvent> {
    const { missing, model, timeoutSeconds, maxRetries = 2, traits } = this.options
    if (missing) throw new ProviderError('not_configured', missing)
    const messages: ModelMessage[] = [...boundedHistory(request), { role: 'user', content: request.question }]
    const events = new EventQueue<ProviderEvent>()
    const deadline = AbortSignal.timeout(timeoutSeconds * 1000)
    const run = async () => {
      const stream = streamText({
        model: model(),
        system: systemPrompt(request),
        messages,
        tools: toolSet(request, (event) => events.push(event)),
        stopWhen: stepCountIs(MAX_STEPS),
        // In the last step there is nothing left to ask: it must answer.
        prepareStep: ({ stepNumber }) => (stepNumber === MAX_STEPS - 1 ? { toolChoice: 'none' } : {}),
        maxOutputTokens: request.maxTokens,
        temperature: request.temperature,
        abortSignal: AbortSignal.any([signal, deadline]),
        timeout: { chunkMs: CHUNK_MILLISECONDS },
        maxRetries,
        // Failures come as events; by default they would also be printed.
        onError: () => {},
      })
      for await (const part of stream.fullStream) {
        if (part.type === 'text-delta') events.push({ type: 'text', text: part.text })
        else if (part.type === 'error') throw part.error
        else if (part.type === 'abort') throw signal.reason ?? deadline.reason ?? new Error('aborted')
        else if (part.type === 'finish') {
          if (part.finishReason === 'content-filter') {
            throw new ProviderError('refused', `${traits.model} declined to answer this question.`)
          }
          const { inputTokens = 0, outputTokens = 0 } = part.totalUsage
          events.push({ type: 'done', tokens: { input: inputTokens, output: outputTokens } })
        }
      }
    }
    run().then(
      () => events.end(),
      (error: unknown) => events.fail(signal.aborted ? signal.reason : toProviderError(error, traits, timeoutSeconds, deadline)),
    )
    yield* events
  }
}

function toolSet(request: AssistantRequest, push: (event: ProviderEvent) => void): ToolSet {
  let calls = 0
  return Object.fromEntries(
    request.tools.map((name) => [
      name,
      tool({
        description: TOOL_DESCRIPTIONS[name],
        // Wrong arguments are told to the model by the SDK, which has it try again.
        inputSchema: TOOL_ARGUMENTS[name] as z.ZodType<ToolArguments>,
        execute: async (given: ToolArguments, { toolCallId, abortSignal }) => {
          if (++calls > MAX_CALLS) return { error: 'Enough was asked. Answer with what is there.' }
          const call = { tool: name, arguments: given } as ToolCall
          push({ type: 'call', id: toolCallId, call })
          try {
            const result = await request.callTool(call, abortSignal ?? new AbortController().signal)
            push({ type: 'result', id: toolCallId, result })
            return boundedResult(result)
          } catch (error) {
            if (!(error instanceof ToolFailure)) throw error
            push({ type: 'failure', id: toolCallId, message: error.message })
            return { error: error.message }
          }
        },
      }),
    ]),
  )
}
