import type { AssistantPlan, ToolCall, ToolName, ToolResult } from '@/lib/contracts/assistant'
import type { ProviderName } from '@/lib/contracts/chat'

/** An earlier question with its answer. */
export interface Turn {
  question: string
  answer: string
}

export interface AssistantSite {
  id: string
  name: string
  /** IANA name. */
  timeZone: string
  /** ISO 4217. */
  currency: string
  /** What it and its parts are called, which an answer may say though no tool did. */
  names: readonly string[]
}

/**
 * Asks the measurements of one site for one reply. Tenant-safe by construction: it knows whose question it is.
 * @throws ToolFailure with a sentence that a model and a person may read
 */
export type CallTool = (call: ToolCall, signal: AbortSignal) => Promise<ToolResult>

export interface AssistantRequest {
  question: string
  /** Oldest first. */
  history: readonly Turn[]
  /** What was understood of the question before, for "and last week?"; null where there was none. */
  previousPlan: AssistantPlan | null
  site: AssistantSite
  /** Unix seconds. */
  nowSeconds: number
  maxTokens: number
  temperature: number
  /** Of an answer that is written again: what of the last one agrees with no result, in words for a model. */
  correction: string | null
  /** Names of the site's clusters of devices, which a question may name. */
  clusterNames(): Promise<readonly string[]>
  /** Tools that can be asked here. */
  tools: readonly ToolName[]
  callTool: CallTool
}

/** Token counts are the model's own. */
export interface TokenCounts {
  input: number
  output: number
}

export interface WordedSegment {
  text: string
  /** The figure or moment that it is. */
  figureId?: string
}

export type ProviderEvent =
  | { type: 'plan'; plan: AssistantPlan }
  | { type: 'call'; id: string; call: ToolCall }
  | { type: 'result'; id: string; result: ToolResult }
  | { type: 'failure'; id: string; message: string }
  | { type: 'text'; text: string }
  /** Words of the built-in templates, made of the results themselves: nobody else may send them. */
  | { type: 'worded'; segments: readonly WordedSegment[] }
  | { type: 'done'; tokens: TokenCounts }

export interface ProviderTraits {
  provider: ProviderName
  model: string
  /** One sentence for people. */
  description: string
  local: boolean
  callsTools: boolean
  freeText: boolean
  slow: boolean
}

/** Whoever can answer. Events end with `done`; every failure is a ProviderError. */
export interface AssistantProvider {
  describe(): ProviderTraits
  /** @returns null where it can be asked now, else what is missing, as one sentence */
  problem(): Promise<string | null>
  /** Loads what takes time, where something does. @throws ProviderError */
  warm?(): Promise<void>
  answer(request: AssistantRequest, signal: AbortSignal): AsyncIterable<ProviderEvent>
}

export type ProviderFailure =
  | 'not_configured'
  | 'unauthorized'
  | 'rate_limited'
  | 'busy'
  | 'timeout'
  | 'unavailable'
  | 'refused'
  | 'bad_model'

/** A provider cannot answer; the message is one sentence for the person who asked, without keys or addresses of the inside. */
export class ProviderError extends Error {
  override name = 'ProviderError'

  constructor(
    readonly kind: ProviderFailure,
    message: string,
    readonly retryAfterSeconds: number | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** A tool cannot answer; the message says why, for a model and for a person. */
export class ToolFailure extends Error {
  override name = 'ToolFailure'
}
