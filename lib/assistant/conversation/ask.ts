import { randomUUID } from 'node:crypto'
import type { AssistantPlan, ToolCall } from '@/lib/contracts/assistant'
import type { ChatAnswer, ChatRequest } from '@/lib/contracts/chat'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { deleteChatMessagesFrom, insertChatMessage, newestChatMessages } from '@/lib/data/chat-messages'
import {
  type ChatSessionRow,
  createChatSession,
  findChatSession,
  findSessionEndingWith,
  touchChatSession,
} from '@/lib/data/chat-sessions'
import { findSiteOf, findSitesOf, type SiteRow } from '@/lib/data/sites'
import { env } from '@/lib/env'
import { createLogger } from '@/lib/infra/logger'
import type { AssistantRequest, Turn } from '@/lib/assistant/providers/provider'
import { type Answer, answerQuestion } from './answer'
import { finishGeneration, Generation } from './generation'
import type { AssistantParts } from './parts'
import { consumeQuota, returnQuota, takeTurn } from './quota'
import { ChatRefusal } from './refusal'

const MAX_TITLE_CHARACTERS = 80

/** What of a conversation an answer needs to know. */
interface Before {
  history: Turn[]
  previousPlan: AssistantPlan | null
}

/**
 * Takes a question: stores it and begins to answer. The answer goes on whoever listens, and is stored in the conversation.
 * @throws ChatRefusal saying what to do
 */
export async function ask(user: CurrentUser, body: ChatRequest, parts: AssistantParts): Promise<Generation> {
  const question = body.message ?? body.user_message ?? body.prompt ?? ''
  const providers = parts.providersFor(body.model ?? null)
  const continued = await sessionOf(user, body)
  const site = await siteOf(user, body, continued)
  const generation = new Generation(`message_${randomUUID()}`, user.id, continued?.sessionId ?? null)
  takeTurn(generation)
  try {
    return await begin(generation, { user, body, parts, providers, question, continued, site })
  } catch (error) {
    finishGeneration(generation)
    throw error
  }
}

interface Asked {
  user: CurrentUser
  body: ChatRequest
  parts: AssistantParts
  providers: ReturnType<AssistantParts['providersFor']>
  question: string
  continued: ChatSessionRow | null
  site: SiteRow
}

async function begin(generation: Generation, asked: Asked): Promise<Generation> {
  const { user, body, parts, providers, question, continued, site } = asked
  await consumeQuota(user.id)
  if (body.replace_from && continued && (await deleteChatMessagesFrom(continued.sessionId, body.replace_from)) === 0) {
    await returnQuota(user.id)
    throw new ChatRefusal(404, `There is no message ${body.replace_from} in this conversation.`)
  }
  const before = continued ? await beforeOf(continued) : { history: givenHistory(body), previousPlan: null }
  const sessionId = continued?.sessionId ?? `chat_${randomUUID()}`
  if (!continued) await createChatSession({ sessionId, userId: user.id, siteId: site.id, title: titleOf(question) })
  const questionId = `message_${randomUUID()}`
  await insertChatMessage({ id: questionId, sessionId, role: 'user', content: question })
  await touchChatSession(sessionId, site.id)

  const { MAX_NEW_TOKENS, TEMPERATURE, ENABLE_CACHE, MODEL_CACHE_TIMEOUT } = env()
  const nowSeconds = Date.now() / 1000
  const request: Omit<AssistantRequest, 'callTool'> = {
    question,
    ...before,
    site: placeOf(site),
    nowSeconds,
    maxTokens: Math.min(body.max_tokens ?? MAX_NEW_TOKENS, MAX_NEW_TOKENS),
    temperature: body.temperature ?? TEMPERATURE,
    correction: null,
    clusterNames: () => parts.clusterNames(user, site),
    tools: parts.availableTools(),
  }
  const { provider, model } = providers[0]?.describe() ?? { provider: 'embedded' as const, model: '' }
  const ids = { session_id: sessionId, message_id: generation.messageId, question_id: questionId }
  generation.push({ type: 'start', ...ids, provider, model })
  generation.result = answerQuestion({
    request,
    openTools: () => parts.openTools(user, site, nowSeconds),
    providers,
    ground: parts.ground,
    groundWorded: parts.groundWorded,
    signal: generation.signal,
    // Who asks again wants another answer.
    cache: ENABLE_CACHE ? { read: !body.replace_from, ttlSeconds: MODEL_CACHE_TIMEOUT } : null,
    push: (event) => generation.push(event),
  }).then(async (answer) => store(answer, { ...ids, site_id: site.id }))
  generation.result
    .then((answer) => generation.push({ type: 'done', answer }))
    .catch(async (error: unknown) => {
      await returnQuota(user.id).catch(() => undefined)
      if (!(error instanceof ChatRefusal)) createLogger('assistant').error({ err: error, ...ids }, 'an answer failed')
      const detail = error instanceof ChatRefusal ? error.message : 'Something went wrong on our side. Ask again.'
      generation.push({ type: 'error', status: error instanceof ChatRefusal ? error.status : 500, detail })
    })
    .finally(() => finishGeneration(generation))
  return generation
}

async function store(
  { content, grounding }: Answer,
  ids: Pick<ChatAnswer, 'session_id' | 'message_id' | 'question_id' | 'site_id'>,
): Promise<ChatAnswer> {
  const message = { id: ids.message_id, sessionId: ids.session_id, role: 'assistant' as const, content, grounding }
  // A conversation that was deleted meanwhile, or a question that was put otherwise, does not come back; who asked still gets the
  // answer.
  const stored = await insertChatMessage(message, ids.question_id)
  await touchChatSession(ids.session_id, ids.site_id)
  const { devices, confidence, tokensUsed, cached } = grounding
  const timestamp = (stored ?? new Date()).toISOString()
  const texts = { response: content, message: content }
  return { ...texts, ...ids, devices, confidence, tokens_used: tokensUsed, cached, timestamp, grounding }
}

/** The conversation a question continues; null: a new one. */
async function sessionOf(
  user: CurrentUser,
  { session_id: sessionId, conversation_history: given }: ChatRequest,
): Promise<ChatSessionRow | null> {
  if (sessionId) {
    const found = await findChatSession(user.id, sessionId)
    if (!found) throw new ChatRefusal(404, `There is no conversation ${sessionId} that you can see.`)
    return found
  }
  // A client that keeps what was said by itself goes on where it got its last answer.
  const lastAnswer = given?.findLast(({ role }) => role === 'assistant')?.content
  return lastAnswer ? findSessionEndingWith(user.id, lastAnswer) : null
}

async function siteOf(user: CurrentUser, { site_id: siteId }: ChatRequest, session: ChatSessionRow | null): Promise<SiteRow> {
  if (siteId) {
    const found = await findSiteOf(user, siteId)
    if (!found) throw new ChatRefusal(404, `There is no site ${siteId} that you can see.`)
    return found
  }
  const usual = session?.siteId ? await findSiteOf(user, session.siteId) : null
  const site = usual ?? (await findSitesOf(user))[0]
  if (!site) {
    throw new ChatRefusal(409, 'You are a member of no site yet, so there is nothing to ask about. Ask an administrator for one.')
  }
  return site
}

async function beforeOf({ sessionId }: ChatSessionRow): Promise<Before> {
  const turns = env().MAX_CONVERSATION_HISTORY
  // A question that got no answer leaves one message, not two.
  const messages = turns === 0 ? [] : await newestChatMessages([sessionId], { limit: 2 * turns + 6, withGrounding: true })
  const history = messages.flatMap((message, index): Turn[] => {
    const next = messages[index + 1]
    return message.role === 'user' && next?.role === 'assistant' ? [{ question: message.content, answer: next.content }] : []
  })
  const last = messages.findLast(({ role }) => role === 'assistant')?.grounding
  return { history: history.slice(-turns), previousPlan: last ? (last.plan ?? planOf(last.results)) : null }
}

/** What a model that calls tools by itself had understood. */
function planOf(results: readonly { tool: string; arguments: Record<string, unknown> }[]): AssistantPlan | null {
  const calls = results.map(({ tool, arguments: given }) => ({ tool, arguments: given }) as ToolCall)
  return calls.length > 0 ? { kind: 'calls', calls } : null
}

/** What a client says was said: texts only, and as its own words, never as ours to a model's rules. */
function givenHistory({ conversation_history: given }: ChatRequest): Turn[] {
  const turns = env().MAX_CONVERSATION_HISTORY
  const said = (given ?? []).filter(({ role }) => role !== 'system')
  const history = said.flatMap(({ role, content }, index): Turn[] => {
    const next = said[index + 1]
    return role === 'user' && next?.role === 'assistant' ? [{ question: content, answer: next.content }] : []
  })
  return turns === 0 ? [] : history.slice(-turns)
}

function placeOf({ id, name, timeZone, currency, location, buildings }: SiteRow): AssistantRequest['site'] {
  const names = [name, location, ...buildings.map((building) => building.name)].filter((given) => given !== '')
  return { id, name, timeZone, currency, names }
}

function titleOf(question: string): string {
  const line = question.replace(/[\p{Cc}\s]+/gu, ' ').trim()
  return line.length > MAX_TITLE_CHARACTERS ? `${line.slice(0, MAX_TITLE_CHARACTERS - 1).trimEnd()}…` : line
}
