import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { GET as history } from '@/app/api/chat/history/route'
import { GET as getOne } from '@/app/api/chat/history/[session_id]/route'
import { GET as exportOne } from '@/app/api/chat/history/[session_id]/export/route'
import { type ChatSession, chatSessionSchema } from '@/lib/contracts/chat'
import { insertChatMessage } from '@/lib/data/chat-messages'
import { createChatSession } from '@/lib/data/chat-sessions'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { closeSharedRedis } from '@/lib/live/shared-redis'
import { makeUser, TEST_SECRET, type TestUser } from '@/scripts/testing/place-fixtures'

const LONG_TURNS = 130
let user: TestUser
let longId: string
/** The newest first. */
let ids: string[]

async function addSession(turns: number, lastActive: string): Promise<string> {
  const sessionId = `chat_${randomUUID()}`
  await createChatSession({ sessionId, userId: user.id, siteId: null, title: `about ${turns}` })
  for (let turn = 1; turn <= turns; turn++) {
    await insertChatMessage({ id: `message_${randomUUID()}`, sessionId, role: 'user', content: `question ${turn}` })
    await insertChatMessage({ id: `message_${randomUUID()}`, sessionId, role: 'assistant', content: `answer ${turn}` })
  }
  await pool().query('UPDATE chat_sessions SET last_active = $2 WHERE session_id = $1', [sessionId, lastActive])
  return sessionId
}

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET, LOG_LEVEL: 'silent' })
  user = await makeUser()
  longId = await addSession(LONG_TURNS, '2026-03-01T12:00:00.900Z')
  ids = [longId]
  // Of one moment, as far as a client can tell: only their order of creation tells them apart.
  for (const part of ['800100', '800900', '800500', '700000', '600000']) {
    ids.push(await addSession(1, `2026-03-01T12:00:00.${part}Z`))
  }
  ids = [longId, ids[3]!, ids[2]!, ids[1]!, ids[4]!, ids[5]!]
})
afterAll(async () => {
  closeSharedRedis()
  await closePool()
})

async function get(route: typeof history | typeof getOne | typeof exportOne, query: Record<string, string>, params: Record<string, string> = {}) {
  const request = new Request(`http://localhost/api/chat/history?${new URLSearchParams(query)}`, {
    headers: { authorization: `Bearer ${user.token}` },
  })
  const response = await route(request, { params: Promise.resolve(params) } as never)
  return { status: response.status, text: await response.text() }
}
const list = async (query: Record<string, string> = {}) => {
  const { status, text } = await get(history, query)
  expect(status, text).toBe(200)
  return chatSessionSchema.array().parse(JSON.parse(text))
}
const one = async (query: Record<string, string> = {}): Promise<ChatSession> =>
  chatSessionSchema.parse(JSON.parse((await get(getOne, query, { session_id: longId })).text))

describe('the list of conversations', () => {
  it('is paged, the newest first, and loses none of those that were last active in the same millisecond', async () => {
    const seen: string[] = []
    for (let last: ChatSession | undefined; ; ) {
      const page = await list({ limit: '2', ...(last && { before: last.updated_at, before_id: last.session_id }) })
      seen.push(...page.map(({ session_id }) => session_id))
      last = page.at(-1)
      if (page.length < 2 || seen.length > 20) break
    }
    expect(seen).toEqual(ids)
  })

  it('has the newest messages of each, as many as asked for, and says where there are more', async () => {
    const [long, short] = await list()
    expect(long?.messages.map(({ content }) => content).slice(-2)).toEqual([`question ${LONG_TURNS}`, `answer ${LONG_TURNS}`])
    expect([long?.messages.length, long?.has_earlier]).toEqual([20, true])
    expect([short?.messages.length, short?.has_earlier]).toEqual([2, false])
    expect((await list({ limit: '200' }))[0]?.messages).toHaveLength(5)
    const names = await list({ messages: '0' })
    expect(names.map(({ messages, has_earlier }) => [messages.length, has_earlier])).toEqual(ids.map(() => [0, true]))
  })

  it('never holds more than a thousand messages: who asks for more is told which field is too large', async () => {
    const { status, text } = await get(history, { limit: '50', messages: '21' })
    expect([status, JSON.parse(text)]).toMatchObject([422, { errors: [{ field: 'query.messages' }] }])
    expect((await get(history, { limit: '201' })).status).toBe(422)
  })
})

describe('one conversation', () => {
  it('is told page by page, each beginning with a question, without a gap', async () => {
    let page = await one()
    expect(page.messages).toHaveLength(100)
    const told = [...page.messages]
    while (page.has_earlier) {
      page = await one({ before: page.messages[0]?.id ?? '', limit: '61' })
      expect(page.messages.length).toBeLessThanOrEqual(61)
      expect(page.messages[0]?.role).toBe('user')
      told.unshift(...page.messages)
    }
    const all = Array.from({ length: LONG_TURNS }, (_, turn) => [`question ${turn + 1}`, `answer ${turn + 1}`]).flat()
    expect(told.map(({ content }) => content)).toEqual(all)
  })

  it('is exported whole, as text and as what the API says of it', async () => {
    const markdown = (await get(exportOne, {}, { session_id: longId })).text
    expect(markdown.match(/^(question|answer) \d+$/gm)).toHaveLength(2 * LONG_TURNS)
    const json = chatSessionSchema.parse(JSON.parse((await get(exportOne, { format: 'json' }, { session_id: longId })).text))
    expect(json).toMatchObject({ session_id: longId, has_earlier: false })
    expect(json.messages).toHaveLength(2 * LONG_TURNS)
  })
})
