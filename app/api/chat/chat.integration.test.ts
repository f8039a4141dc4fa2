import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { DELETE as deleteAll, GET as history } from '@/app/api/chat/history/route'
import { DELETE as deleteOne, GET as getOne, PATCH as rename } from '@/app/api/chat/history/[session_id]/route'
import { GET as exportOne } from '@/app/api/chat/history/[session_id]/export/route'
import { PUT as giveFeedback } from '@/app/api/chat/messages/[message_id]/feedback/route'
import { POST as stop } from '@/app/api/chat/messages/[message_id]/stop/route'
import { POST as chat } from '@/app/api/chat/route'
import { setAssistantParts } from '@/lib/assistant/assistant-parts'
import { ProviderError } from '@/lib/assistant/providers/provider'
import { DRYER_CALL } from '@/lib/assistant/testing/sample-request'
import { ScriptedProvider } from '@/lib/assistant/testing/scripted-provider'
import { embeddedForTests, testParts } from '@/lib/assistant/testing/test-parts'
import { type ChatAnswer, chatAnswerSchema, chatMessageSchema, type ChatSession, chatSessionSchema } from '@/lib/contracts/chat'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { answerCache } from '@/lib/live/cache/answer-cache'
import { closeSharedRedis } from '@/lib/live/shared-redis'
import { closeSharedLiveStore } from '@/lib/services/shared-live-store'
import { callApi } from '@/scripts/testing/api-call'
import { writeMadeUpMinutes } from '@/scripts/testing/made-up-minutes'
import { makeSite, makeUser, TEST_SECRET, type TestSite, type TestUser } from '@/scripts/testing/place-fixtures'

const HOUR = 3600
let user: TestUser
let site: TestSite

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET, LOG_LEVEL: 'silent' })
  user = await makeUser()
  site = await makeSite([user])
  const now = Math.floor(Date.now() / 1000 / HOUR) * HOUR
  await writeMadeUpMinutes({ buildingKey: site.buildingKey, fromSeconds: now - 72 * HOUR, toSeconds: now - HOUR, hasSolar: false })
})
afterEach(() => setAssistantParts(testParts()))
afterAll(async () => {
  setAssistantParts(null)
  closeSharedRedis()
  await closeSharedLiveStore()
  await closePool()
})
beforeAll(() => setAssistantParts(testParts()))

const post = (body: unknown, as: TestUser = user) => callApi(chat, { as, body })
async function ask(body: object, as: TestUser = user): Promise<ChatAnswer> {
  const answered = await post(body, as)
  expect(answered.status, JSON.stringify(answered.body)).toBe(200)
  return chatAnswerSchema.parse(answered.body)
}
async function sessionOf(sessionId: string): Promise<ChatSession> {
  return chatSessionSchema.parse((await callApi(getOne, { as: user, params: { session_id: sessionId } })).body)
}
const energyNow = (answer: ChatAnswer) => answer.grounding.results[0]?.figures[0]?.value

describe('POST /api/chat', () => {
  it('answers the three body shapes with the same fields, from the measurements', async () => {
    const question = 'How much did we use yesterday?'
    for (const body of [
      { message: question },
      { user_message: question, conversation_history: [] },
      { prompt: question, max_tokens: 100, temperature: 0.2 },
    ]) {
      const answer = await ask(body)
      expect(answer.message).toBe(answer.response)
      expect(energyNow(answer)).toBeGreaterThan(0)
      expect(answer.response).toContain(String(energyNow(answer)))
      expect(answer).toMatchObject({ site_id: site.id, tokens_used: answer.cached ? 0 : 15 })
      expect(answer.confidence).toBeGreaterThan(0.9)
      expect(new Date(answer.timestamp).getTime()).toBeGreaterThan(Date.now() - 60_000)
    }
  })

  it('refuses a body without a question, with two, or with a field of the wrong kind, and names the field', async () => {
    for (const [body, field] of [
      [{}, 'body.message'],
      [{ message: '   ' }, 'body.message'],
      [{ message: 'a', prompt: 'b' }, 'body.prompt'],
      [{ prompt: 'a', temperature: 9 }, 'body.temperature'],
      [{ message: 'a', replace_from: 'message_1' }, 'body.session_id'],
    ] as const) {
      const { status, body: problem } = await post(body)
      expect([status, problem]).toMatchObject([422, { errors: [{ field }] }])
    }
  })

  it('goes on with a conversation: a follow-up knows what it refers to, and all is kept in order', async () => {
    const first = await ask({ message: 'How much did we use yesterday?' })
    const second = await ask({ message: 'And last week?', session_id: first.session_id })
    expect(second.session_id).toBe(first.session_id)
    expect(second.grounding.plan).toMatchObject({ calls: [{ tool: 'energy_use', arguments: { period: 'last week' } }] })
    const { messages, title } = await sessionOf(first.session_id)
    expect(title).toBe('How much did we use yesterday?')
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant'])
    expect(messages[3]).toMatchObject({ id: second.message_id, content: second.response, grounding: { confidence: second.confidence } })
  })

  it('goes on for a client that only sends texts, in the conversation where it got its last answer', async () => {
    const first = await ask({ user_message: 'What is my tariff, please?' })
    const given = [{ role: 'user', content: 'What is my tariff, please?' }, { role: 'assistant', content: first.response }]
    const second = await ask({ user_message: 'How much did we use yesterday?', conversation_history: given })
    expect(second.session_id).toBe(first.session_id)
    const elsewhere = [{ role: 'user', content: 'How much did we use yesterday?' }, { role: 'assistant', content: 'Of that I know nothing.' }]
    const third = await ask({ user_message: 'And last week?', conversation_history: elsewhere })
    expect(third.session_id).not.toBe(first.session_id)
    expect(third.grounding.plan).toMatchObject({ calls: [{ arguments: { period: 'last week' } }] })
  })

  it('shows a model no more than MAX_CONVERSATION_HISTORY turns', async () => {
    provideEnv({ MAX_CONVERSATION_HISTORY: '2' })
    const model = new ScriptedProvider([[{ say: 'Nothing to add.' }]])
    setAssistantParts(testParts([model]))
    const { session_id } = await ask({ message: 'one' })
    for (const message of ['two', 'three', 'four']) await ask({ message, session_id })
    expect(model.asked.at(-1)?.history.map(({ question }) => question)).toEqual(['two', 'three'])
    provideEnv({ MAX_CONVERSATION_HISTORY: '5' })
  })

  it('says so where the caller has no site', async () => {
    expect(await post({ message: 'hello' }, await makeUser())).toMatchObject({ status: 409 })
  })
})

describe('an answer that says more than the measurements', () => {
  it('is asked for once more with what was wrong, and the second is taken where it is right', async () => {
    const model = new ScriptedProvider([
      [{ call: DRYER_CALL }, { say: 'The dryer used 999 kWh yesterday.' }],
      [{ call: DRYER_CALL }, { say: 'See the figures.' }],
    ])
    setAssistantParts(testParts([model]))
    const answer = await ask({ message: 'dryer?' })
    expect(answer).toMatchObject({ response: 'See the figures.', confidence: 1, tokens_used: 240 })
    expect(model.asked[1]?.correction).toContain('999')
  })

  it('loses what agrees with nothing the second time, and says that it did', async () => {
    const model = new ScriptedProvider([[{ call: DRYER_CALL }, { say: 'It is fine. The dryer used 999 kWh.' }]])
    setAssistantParts(testParts([model]))
    const answer = await ask({ message: 'dryer again?' })
    expect(answer.response).toBe('It is fine.')
    expect(answer.grounding.ungrounded).toEqual([{ text: 'The dryer used 999 kWh.', action: 'removed' }])
    expect(answer.confidence).toBeLessThan(1)
    expect(model.asked).toHaveLength(2)
  })
})

describe('when a provider cannot answer', () => {
  const failing = (kind: ProviderError['kind'], wait: number | null = null) =>
    new ScriptedProvider([[{ say: 'I was about to say. ' }, { fail: new ProviderError(kind, 'openai is out of order.', wait) }]])

  it('the next one does, and the answer says which and why', async () => {
    setAssistantParts(testParts([failing('unavailable'), embeddedForTests()]))
    const answer = await ask({ message: 'How much did we use yesterday?' })
    expect(answer.grounding).toMatchObject({ provider: 'embedded', notes: ['openai is out of order. The built-in assistant answered instead.'] })
    expect(answer.response).not.toContain('about to say')
  })

  it.each([
    ['rate_limited', 503, '7'],
    ['timeout', 504, null],
    ['unauthorized', 503, null],
  ] as const)('%s: without another one the caller is told what to do; the question stays', async (kind, status, wait) => {
    setAssistantParts(testParts([failing(kind, wait === null ? null : Number(wait))]))
    const refused = await post({ message: `Does ${kind} stay?` })
    expect(refused).toMatchObject({ status, body: { detail: 'openai is out of order.' } })
    expect(refused.response.headers.get('retry-after')).toBe(wait)
    const listed = (await callApi(history, { as: user })).body as ChatSession[]
    expect(listed.find(({ title }) => title === `Does ${kind} stay?`)?.messages).toHaveLength(1)
  })
})

describe('cached answers', () => {
  it('come for the same question as long as the data say the same, and not after that', async () => {
    const model = new ScriptedProvider([[{ call: { tool: 'energy_use', arguments: { subject: 'total', measure: 'energy', by: 'none', period: 'yesterday' } } }, { say: 'See above.' }]])
    setAssistantParts(testParts([model]))
    const before = await answerCache().statistics()
    const first = await ask({ message: 'Cached, how much did we use yesterday?' })
    const second = await ask({ message: '  cached, how MUCH did we use yesterday' })
    expect([first.cached, second.cached, second.tokens_used]).toEqual([false, true, 0])
    expect(second.response).toBe(first.response)
    expect(second.message_id).not.toBe(first.message_id)
    expect(model.asked).toHaveLength(1)
    const after = await answerCache().statistics()
    expect([after.hits - before.hits, after.misses - before.misses]).toEqual([1, 1])
    await pool().query("DELETE FROM power_hour WHERE building_key = $1 AND date_part('hour', hour) < 12", [site.buildingKey])
    const third = await ask({ message: 'Cached, how much did we use yesterday?' })
    expect(third.cached).toBe(false)
    expect(energyNow(third)).toBeLessThan(energyNow(first) ?? 0)
  })

  it('are not given to somebody of another site, after a flush, to who asks again, or where ENABLE_CACHE is off', async () => {
    const model = new ScriptedProvider([[{ say: 'Nothing to add.' }]])
    setAssistantParts(testParts([model]))
    const message = 'Anything else of note?'
    const first = await ask({ message })
    const other = await makeUser()
    await makeSite([other])
    expect((await ask({ message }, other)).cached).toBe(false)
    expect((await ask({ message })).cached).toBe(true)
    expect((await ask({ message, session_id: first.session_id, replace_from: first.question_id })).cached).toBe(false)
    expect(await answerCache().flush()).toBeGreaterThan(0)
    expect((await ask({ message })).cached).toBe(false)
    provideEnv({ ENABLE_CACHE: 'false' })
    expect((await ask({ message })).cached).toBe(false)
    provideEnv({ ENABLE_CACHE: 'true' })
  })
})

describe('what is kept', () => {
  it('can be listed, searched, renamed, exported, rated and deleted', async () => {
    const answer = await ask({ message: 'hello 100%_sure of this' })
    const params = { session_id: answer.session_id }
    const found = async (search: string) => {
      const { body } = await callApi((request, context) => history(new Request(`http://localhost/api/chat/history?search=${encodeURIComponent(search)}`, request), context), { as: user })
      return chatSessionSchema.array().parse(body).map(({ session_id }) => session_id)
    }
    expect(await found('100%_SURE')).toEqual([answer.session_id])
    expect(await found('100%sure')).toEqual([])
    expect((await callApi(rename, { as: user, params, body: { title: 'Greetings' }, method: 'PATCH' })).body).toMatchObject({ title: 'Greetings' })
    const file = await (await exportOne(requestOf('export'), { params: Promise.resolve(params) })).text()
    expect(file).toContain('# Greetings')
    expect(file).toContain(answer.response)
    const rated = await callApi(giveFeedback, { as: user, params: { message_id: answer.message_id }, body: { feedback: 'down', comment: 'too short' }, method: 'PUT' })
    expect(chatMessageSchema.parse(rated.body)).toMatchObject({ feedback: 'down', feedback_comment: 'too short' })
    expect((await callApi(deleteOne, { as: user, params, method: 'DELETE' })).status).toBe(200)
    expect((await callApi(getOne, { as: user, params })).status).toBe(404)
  })

  it('can be edited: what came after the changed question is gone', async () => {
    const first = await ask({ message: 'How much did we use yesterday?' })
    const { session_id } = first
    await ask({ message: 'And last week?', session_id })
    const edited = await ask({ message: 'What is my tariff?', session_id, replace_from: first.question_id })
    const { messages } = await sessionOf(session_id)
    expect(messages.map(({ content }) => content)).toEqual(['What is my tariff?', edited.response])
    expect(await post({ message: 'x', session_id, replace_from: 'message_missing' })).toMatchObject({ status: 404 })
  })

  it('of an answer that was stopped is what had been said', async () => {
    const model = new ScriptedProvider([[{ say: 'This is the first part. ' }, { wait: new Promise(() => {}) }, { say: 'Never.' }]])
    setAssistantParts(testParts([model]))
    const answering = post({ message: 'Tell me all' })
    const messageId = await expect.poll(() => startedMessage(), { timeout: 10_000 }).not.toBeNull().then(() => startedMessage() ?? '')
    const other = await makeUser()
    expect((await callApi(stop, { as: other, params: { message_id: messageId }, method: 'POST' })).status).toBe(404)
    const stopped = await callApi(stop, { as: user, params: { message_id: messageId }, method: 'POST' })
    expect(stopped.body).toMatchObject({ response: 'This is the first part.', grounding: { status: 'stopped' } })
    expect((await answering).body).toEqual(stopped.body)
  })
})

describe('somebody else', () => {
  it('cannot see, continue, rename, export, rate or delete a conversation, nor ask about a site: 404, as of one that does not exist', async () => {
    const answer = await ask({ message: 'hello' })
    const [stranger, params] = [await makeUser('admin'), { session_id: answer.session_id }]
    const own = await makeSite([stranger])
    const attempts = [
      callApi(getOne, { as: stranger, params }),
      callApi(rename, { as: stranger, params, body: { title: 'Mine' }, method: 'PATCH' }),
      callApi(deleteOne, { as: stranger, params, method: 'DELETE' }),
      callApi(giveFeedback, { as: stranger, params: { message_id: answer.message_id }, body: { feedback: 'up' }, method: 'PUT' }),
      post({ message: 'hello', session_id: answer.session_id, site_id: own.id }, stranger),
      post({ message: 'hello', site_id: own.id }),
    ]
    expect((await Promise.all(attempts)).map(({ status }) => status)).toEqual(attempts.map(() => 404))
    expect((await exportOne(requestOf('export', stranger), { params: Promise.resolve(params) })).status).toBe(404)
    expect((await callApi(history, { as: stranger })).body).toEqual([])
    await callApi(deleteAll, { as: stranger, method: 'DELETE' })
    expect((await sessionOf(answer.session_id)).messages).toHaveLength(2)
  })

  it('cannot be made to continue a conversation by knowing its last answer', async () => {
    const answer = await ask({ message: 'What is my tariff?' })
    const stranger = await makeUser()
    await makeSite([stranger])
    const given = [{ role: 'user', content: 'x' }, { role: 'assistant', content: answer.response }]
    expect((await ask({ user_message: 'hello', conversation_history: given }, stranger)).session_id).not.toBe(answer.session_id)
  })
})

const requestOf = (path: string, as: TestUser = user) =>
  new Request(`http://localhost/api/chat/history/x/${path}`, { headers: { authorization: `Bearer ${as.token}` } })

function startedMessage(): string | null {
  const { undercurrentGenerations } = globalThis as { undercurrentGenerations?: Map<string, { userId: string; isEnded: boolean; messageId: string; events: { type: string }[] }> }
  const running = [...(undercurrentGenerations?.values() ?? [])].find((generation) => generation.userId === user.id && !generation.isEnded)
  return running?.events.some(({ type }) => type === 'delta') ? running.messageId : null
}
