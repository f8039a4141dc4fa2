import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { GET as history } from '@/app/api/chat/history/[session_id]/route'
import { POST as chat } from '@/app/api/chat/route'
import { setAssistantParts } from '@/lib/assistant/assistant-parts'
import { ScriptedProvider } from '@/lib/assistant/testing/scripted-provider'
import { testParts } from '@/lib/assistant/testing/test-parts'
import type { ChatAnswer, ChatSession } from '@/lib/contracts/chat'
import { provideEnv } from '@/lib/env'
import { closePool } from '@/lib/infra/db'
import { closeSharedRedis } from '@/lib/live/shared-redis'
import { closeSharedLiveStore } from '@/lib/services/shared-live-store'
import { callApi } from '@/scripts/testing/api-call'
import { makeSite, makeUser, TEST_SECRET, type TestUser } from '@/scripts/testing/place-fixtures'

beforeAll(() => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET, LOG_LEVEL: 'silent' })
})
afterEach(() => provideEnv({ CHAT_QUESTIONS_PER_DAY: '', MAX_NEW_TOKENS: '', ENABLE_CACHE: '' }))
afterAll(async () => {
  setAssistantParts(null)
  closeSharedRedis()
  await closeSharedLiveStore()
  await closePool()
})

async function makePerson(): Promise<TestUser> {
  const person = await makeUser()
  await makeSite([person])
  return person
}
const ask = (as: TestUser, body: object = {}) => callApi(chat, { as, body: { message: 'How are things?', ...body } })

describe('a person', () => {
  it('has four questions answered at once, is told to wait with the fifth, and keeps nobody else from asking', async () => {
    const [eager, other] = [await makePerson(), await makePerson()]
    let goOn: () => void = () => {}
    const wait = new Promise<void>((resolve) => (goOn = resolve))
    provideEnv({ ENABLE_CACHE: 'false' })
    const model = new ScriptedProvider([[{ wait }, { say: 'Nothing to add.' }]])
    setAssistantParts(testParts([model]))
    const answering = Array.from({ length: 4 }, () => ask(eager))
    await expect.poll(() => model.asked.length, { timeout: 30_000 }).toBe(4)
    const refused = await ask(eager)
    expect(refused).toMatchObject({ status: 429, body: { detail: expect.stringMatching(/4 of your questions.*Wait/) } })
    expect(refused.response.headers.get('retry-after')).toBe('2')
    const others = ask(other)
    goOn()
    expect((await Promise.all([...answering, others])).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect((await ask(eager)).status).toBe(200)
  })

  it('has one question of a conversation answered at a time, so that each answer stands behind its own', async () => {
    const person = await makePerson()
    let goOn: () => void = () => {}
    const wait = new Promise<void>((resolve) => (goOn = resolve))
    provideEnv({ ENABLE_CACHE: 'false' })
    const slow = new ScriptedProvider([[{ wait }, { say: 'Nothing to add.' }]])
    setAssistantParts(testParts())
    const { session_id: session } = (await ask(person)).body as ChatAnswer
    setAssistantParts(testParts([slow]))
    const answering = ask(person, { session_id: session, message: 'And now?' })
    await expect.poll(() => slow.asked.length, { timeout: 30_000 }).toBe(1)
    for (const body of [{ session_id: session }, { session_id: session, replace_from: 'message_x' }]) {
      expect(await ask(person, body)).toMatchObject({ status: 409, body: { detail: expect.stringContaining('Wait for the answer') } })
    }
    goOn()
    expect((await answering).status).toBe(200)
    expect((await ask(person, { session_id: session, message: 'And then?' })).status).toBe(200)
    const { messages } = (await callApi(history, { as: person, params: { session_id: session } })).body as ChatSession
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant', 'user', 'assistant'])
  })

  it('has a number of questions a day of one’s own; 0 is no limit', async () => {
    setAssistantParts(testParts())
    const [eager, other] = [await makePerson(), await makePerson()]
    provideEnv({ CHAT_QUESTIONS_PER_DAY: '1' })
    expect((await ask(eager)).status).toBe(200)
    const refused = await ask(eager)
    expect(refused).toMatchObject({ status: 429, body: { detail: expect.stringContaining('one question within a day') } })
    expect(Number(refused.response.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await ask(other)).status).toBe(200)
    // What nobody could answer counts for nothing.
    const unlucky = await makePerson()
    setAssistantParts(testParts([]))
    for (let times = 0; times < 2; times++) expect((await ask(unlucky)).status).toBe(503)
    setAssistantParts(testParts())
    expect((await ask(unlucky)).status).toBe(200)
    expect((await ask(unlucky)).status).toBe(429)
    provideEnv({ CHAT_QUESTIONS_PER_DAY: '0' })
    expect((await ask(eager)).status).toBe(200)
  })
})

describe('a question', () => {
  it('is at most 2,000 characters long, with at most 200 turns before it; the field is named', async () => {
    setAssistantParts(testParts())
    const person = await makePerson()
    expect((await ask(person, { message: 'a'.repeat(2_000) })).status).toBe(200)
    const turns = Array.from({ length: 201 }, () => ({ role: 'user', content: 'a' }))
    for (const [body, field] of [
      [{ message: 'a'.repeat(2_001) }, 'body.message'],
      [{ conversation_history: turns }, 'body.conversation_history'],
      [{ conversation_history: [{ role: 'user', content: 'a'.repeat(20_001) }] }, 'body.conversation_history.0.content'],
      [{ max_tokens: 9_000 }, 'body.max_tokens'],
    ] as const) {
      expect(await ask(person, body)).toMatchObject({ status: 422, body: { errors: [{ field }] } })
    }
  })

  it('lets a model write no more than MAX_NEW_TOKENS, and less where it asks for less', async () => {
    const model = new ScriptedProvider([[{ say: 'Nothing to add.' }]])
    setAssistantParts(testParts([model]))
    const person = await makePerson()
    provideEnv({ MAX_NEW_TOKENS: '50' })
    await ask(person, { max_tokens: 500 })
    await ask(person, { max_tokens: 7 })
    expect(model.asked.map(({ maxTokens }) => maxTokens)).toEqual([50, 7])
  })
})
