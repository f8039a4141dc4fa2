import type { ToolCall, ToolResult } from '@/lib/contracts/assistant'
import type { ChatEvent, Grounding } from '@/lib/contracts/chat'
import type { AssistantProvider, AssistantRequest, CallTool, WordedSegment } from '@/lib/assistant/providers/provider'
import { ProviderError } from '@/lib/assistant/providers/provider'
import { createLogger } from '@/lib/infra/logger'
import { AnswerCache } from './answer-key'
import { Stopped } from './generation'
import type { AssistantParts, CheckedText } from './parts'
import { ChatRefusal } from './refusal'
import { SentenceGate } from './sentence-gate'
import { untilAborted } from './until-aborted'

const MAX_ANSWER_CHARACTERS = 20_000

export interface AnswerOptions {
  request: Omit<AssistantRequest, 'callTool'>
  openTools: () => CallTool
  /** In the order they are tried. */
  providers: readonly AssistantProvider[]
  ground: AssistantParts['ground']
  groundWorded: AssistantParts['groundWorded']
  signal: AbortSignal
  cache: { read: boolean; ttlSeconds: number } | null
  push(event: ChatEvent): void
}

export interface Answer {
  content: string
  grounding: Grounding
}

/** What a provider said, before it is checked. */
interface Attempt {
  text: string
  /** Where the built-in templates worded it. */
  worded: readonly WordedSegment[] | null
  plan: Grounding['plan']
  calls: ToolCall[]
  results: ToolResult[]
  /** Why tools had no answer. */
  problems: string[]
  tokens: number
  isStopped: boolean
}

/**
 * Answers a question: from the cache, else from the first provider that can. Text is pushed only once it agrees with the results;
 * an answer that does not is asked for once more, and what then still agrees with nothing is taken out or marked.
 * @throws ChatRefusal when no provider can answer
 */
export async function answerQuestion(options: AnswerOptions): Promise<Answer> {
  const { providers, push } = options
  const notes: string[] = []
  let failure: ProviderError | null = null
  /** Those that nobody was told of. */
  let untold: string[] = []
  for (const provider of providers) {
    const { provider: name, model } = provider.describe()
    try {
      const missing = await provider.problem()
      if (missing) throw new ProviderError('not_configured', missing)
      if (untold.length > 0) {
        // What the one that failed had begun to say.
        push({ type: 'replace', text: '' })
        notes.push(`${untold.join(' ')} ${nameOf(name, model)} answered instead.`)
        push({ type: 'notice', text: notes.at(-1)! })
        untold = []
      }
      const answer = await answerBy(provider, options)
      return { ...answer, grounding: { ...answer.grounding, notes } }
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      createLogger('assistant').warn({ err: error, provider: name, model, kind: error.kind }, 'a provider could not answer')
      failure = error
      untold.push(error.message)
    }
  }
  throw refusalOf(failure)
}

async function answerBy(provider: AssistantProvider, options: AnswerOptions): Promise<Answer> {
  const { openTools, ground, signal, push } = options
  const traits = provider.describe()
  const cache = options.cache && new AnswerCache(traits, options.request, options.cache.ttlSeconds)
  if (cache && options.cache?.read) {
    const callTool = openTools()
    const cached = await cache.find((call) => callTool(call, signal))
    if (cached) {
      for (const [index, result] of cached.grounding.results.entries()) pushResult(push, `call_${index + 1}`, result)
      push({ type: 'delta', text: cached.content })
      return { content: cached.content, grounding: { ...cached.grounding, cached: true, tokensUsed: 0 } }
    }
  }
  const request: AssistantRequest = { ...options.request, callTool: openTools() }
  const check = (text: string, results: readonly ToolResult[]) => ground(text, results, request)
  let sent = ''
  const shown = (text: string, results: readonly ToolResult[]) => {
    const soFar = check(text, results)
    return soFar.ungrounded.length === 0 ? soFar.text : null
  }
  const first = await attempt(provider, request, options, shown, (text) => {
    sent += text
    push({ type: 'delta', text })
  })
  let said = first
  let checked = first.worded ? options.groundWorded(first.worded, first.results, request, first.problems) : check(first.text, first.results)
  if (checked.ungrounded.length > 0 && traits.freeText && !first.isStopped) {
    const again = await attempt(provider, { ...request, correction: correctionOf(checked) }, options, () => null, () => {})
    const merged = { ...again, calls: [...first.calls, ...again.calls], results: distinct([...first.results, ...again.results]) }
    said = { ...merged, tokens: first.tokens + again.tokens }
    checked = check(again.text, merged.results)
  }
  if (checked.text.startsWith(sent)) {
    if (checked.text.length > sent.length) push({ type: 'delta', text: checked.text.slice(sent.length) })
  } else if (checked.text !== sent.trimEnd()) push({ type: 'replace', text: checked.text })
  const { text: content, ...verdict } = checked
  const answer: Answer = {
    content,
    grounding: {
      ...verdict,
      provider: traits.provider,
      model: traits.model,
      plan: said.plan,
      results: said.results,
      tokensUsed: said.tokens,
      cached: false,
      status: said.isStopped ? 'stopped' : 'complete',
      notes: [],
    },
  }
  if (cache && !said.isStopped && verdict.ungrounded.length === 0) await cache.save(said.calls, answer)
  return answer
}

async function attempt(
  provider: AssistantProvider,
  request: AssistantRequest,
  { signal, push }: AnswerOptions,
  shown: (text: string, results: readonly ToolResult[]) => string | null,
  pass: (text: string) => void,
): Promise<Attempt> {
  const said: Attempt = { text: '', worded: null, plan: null, calls: [], results: [], problems: [], tokens: 0, isStopped: false }
  const gate = new SentenceGate((text) => shown(clean(text), said.results), pass)
  try {
    for await (const event of untilAborted(provider.answer(request, signal), signal)) {
      if (event.type === 'text') gate.push(event.text)
      else if (event.type === 'worded') said.worded = event.segments
      else if (event.type === 'plan') said.plan = event.plan
      else if (event.type === 'call') {
        said.calls.push(event.call)
        push({ type: 'tool_call', id: event.id, tool: event.call.tool, arguments: event.call.arguments })
      } else if (event.type === 'result') {
        said.results.push(event.result)
        push({ type: 'tool_result', id: event.id, result: event.result, problem: null })
      } else if (event.type === 'failure') {
        said.problems.push(event.message)
        push({ type: 'tool_result', id: event.id, result: null, problem: event.message })
      } else said.tokens += event.tokens.input + event.tokens.output
      if (gate.text.length > MAX_ANSWER_CHARACTERS) break
    }
    said.text = clean(gate.text.slice(0, MAX_ANSWER_CHARACTERS))
  } catch (error) {
    if (!signal.aborted || !(signal.reason instanceof Stopped)) throw error
    // Only what the person had seen: the rest was not checked yet.
    said.text = clean(gate.passed)
    said.isStopped = true
  }
  if (said.text.trim() === '' && !said.worded && !said.isStopped) {
    throw new ProviderError('refused', `${provider.describe().provider} gave no answer. Ask again, or in other words.`)
  }
  return said
}

function pushResult(push: AnswerOptions['push'], id: string, result: ToolResult): void {
  push({ type: 'tool_call', id, tool: result.tool, arguments: result.arguments })
  push({ type: 'tool_result', id, result, problem: null })
}

function correctionOf({ ungrounded }: CheckedText): string {
  return `Not supported: ${ungrounded.slice(0, 10).map(({ text }) => JSON.stringify(text.slice(0, 100))).join(', ')}.`
}

function distinct(results: readonly ToolResult[]): ToolResult[] {
  return [...new Map(results.map((result) => [JSON.stringify([result.tool, result.arguments]), result])).values()]
}

/** What PostgreSQL cannot store, and no reader misses. */
const clean = (text: string) => text.replace(/[\0\p{Surrogate}]/gu, '\uFFFD')

const nameOf = (provider: string, model: string) =>
  provider === 'embedded' ? 'The built-in assistant' : `${provider} (${model})`

function refusalOf(failure: ProviderError | null): ChatRefusal {
  if (!failure) return new ChatRefusal(503, 'No model is configured. An administrator has to set LLM_PROVIDER.')
  const retryAfterSeconds = failure.retryAfterSeconds ?? undefined
  const status = failure.kind === 'timeout' ? 504 : 503
  return new ChatRefusal(status, failure.message, retryAfterSeconds === undefined ? {} : { retryAfterSeconds })
}
