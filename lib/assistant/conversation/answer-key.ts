import { createHash } from 'node:crypto'
import { DateTime } from 'luxon'
import { z } from 'zod'
import type { ToolCall, ToolResult } from '@/lib/contracts/assistant'
import { groundingSchema } from '@/lib/contracts/chat'
import type { AssistantRequest, ProviderTraits } from '@/lib/assistant/providers/provider'
import { answerCache } from '@/lib/live/cache/answer-cache'

/** A new wording of answers, or of what models are told, is a new version. */
const VERSION = 2

const cachedAnswerSchema = z.object({ content: z.string(), grounding: groundingSchema })
export type CachedAnswer = z.infer<typeof cachedAnswerSchema>

const callsSchema = z.array(z.custom<ToolCall>((value) => typeof value === 'object' && value !== null && 'tool' in value)).max(50)

/**
 * The cache of answers. Which tools a question led to is kept under what the question is; the answer itself under that and what
 * those tools answer now. So looking an answer up asks the measurements anew and spares the language model: new data, another day
 * meant by "yesterday" or a corrected price are a new answer, and nothing else is.
 */
export class AnswerCache {
  readonly #key: string

  constructor(
    { provider, model }: ProviderTraits,
    request: Omit<AssistantRequest, 'callTool'>,
    readonly ttlSeconds: number,
  ) {
    const { question, history, previousPlan, site, nowSeconds, maxTokens, temperature } = request
    const asked = normaliseQuestion(question)
    // An answer that asked nothing of the measurements may still speak of today.
    const day = DateTime.fromSeconds(nowSeconds, { zone: site.timeZone }).toISODate()
    this.#key = digest([VERSION, provider, model, asked, history, previousPlan, site, day, maxTokens, temperature])
  }

  /** @param callTool asks the measurements; where that fails there is no answer to find */
  async find(callTool: (call: ToolCall) => Promise<ToolResult>): Promise<CachedAnswer | null> {
    const found = await this.#find(callTool).catch(() => null)
    await answerCache().count(found ? 'hit' : 'miss')
    return found
  }

  async #find(callTool: (call: ToolCall) => Promise<ToolResult>): Promise<CachedAnswer | null> {
    const calls = await answerCache().get(this.#key)
    if (calls === null) return null
    const results: ToolResult[] = []
    for (const call of callsSchema.parse(JSON.parse(calls))) results.push(await callTool(call))
    const answer = await answerCache().get(this.#keyOfData(results))
    return answer === null ? null : cachedAnswerSchema.parse(JSON.parse(answer))
  }

  async save(calls: readonly ToolCall[], answer: CachedAnswer): Promise<void> {
    await answerCache().set(this.#key, JSON.stringify(calls), this.ttlSeconds)
    await answerCache().set(this.#keyOfData(answer.grounding.results), JSON.stringify(answer), this.ttlSeconds)
  }

  #keyOfData(results: readonly ToolResult[]): string {
    // Ids follow the order in which tools were asked, which is not a matter of the data.
    const anonymous = results.map(({ figures, moments, ...result }) => {
      return JSON.stringify([result, [...figures, ...moments].map((item) => ({ ...item, id: '' }))])
    })
    return digest([this.#key, anonymous.toSorted()])
  }
}

/** The same question written differently: case, spaces, the mark at its end. */
export function normaliseQuestion(question: string): string {
  return question
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\s?!.]+$/, '')
}

function digest(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}
