import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { GET as getOne } from '@/app/api/chat/history/[session_id]/route'
import { GET as resume, POST as stream } from '@/app/api/chat/stream/route'
import { setAssistantParts } from '@/lib/assistant/assistant-parts'
import { DRYER_CALL } from '@/lib/assistant/testing/sample-request'
import { ScriptedProvider } from '@/lib/assistant/testing/scripted-provider'
import { testParts } from '@/lib/assistant/testing/test-parts'
import { type ChatAnswer, type ChatEvent, chatEventSchema, type ChatSession } from '@/lib/contracts/chat'
import { provideEnv } from '@/lib/env'
import { closePool } from '@/lib/infra/db'
import { closeSharedRedis } from '@/lib/live/shared-redis'
import { closeSharedLiveStore } from '@/lib/services/shared-live-store'
import { callApi } from '@/scripts/testing/api-call'
import { makeSite, makeUser, TEST_SECRET, type TestUser } from '@/scripts/testing/place-fixtures'

let user: TestUser

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET, LOG_LEVEL: 'silent', ENABLE_CACHE: 'false' })
  user = await makeUser()
  await makeSite([user])
})
afterAll(async () => {
  setAssistantParts(null)
  provideEnv({ ENABLE_CACHE: 'true' })
  closeSharedRedis()
  await closeSharedLiveStore()
  await closePool()
})

interface Received {
  id: string
  event: ChatEvent
}

/** Reads a stream as a browser does, to its end or until an event has come; then it goes away. */
async function read(response: Response, until: (event: ChatEvent) => boolean = () => false): Promise<Received[]> {
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const received: Received[] = []
  const decoder = new TextDecoder()
  const reader = response.body!.getReader()
  let text = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]))
      const data = fields.get('data')
      // A sign of life.
      if (data === undefined) continue
      const event = chatEventSchema.parse(JSON.parse(data))
      expect(fields.get('event')).toBe(event.type)
      received.push({ id: fields.get('id') ?? '', event })
    }
    if (received.some(({ event }) => until(event))) {
      await reader.cancel()
      break
    }
  }
  return received
}

const post = (message: string, headers: Record<string, string> = {}, as = user) =>
  stream(
    new Request('http://localhost/api/chat/stream', {
      method: 'POST', headers: { ...headers, authorization: `Bearer ${as.token}` }, body: JSON.stringify({ message }),
    }),
    { params: Promise.resolve({}) },
  )
const get = (lastEventId: string, as = user) =>
  resume(new Request('http://localhost/api/chat/stream', { headers: { 'last-event-id': lastEventId, authorization: `Bearer ${as.token}` } }), {
    params: Promise.resolve({}),
  })
const typesOf = (received: readonly Received[]) => received.map(({ event }) => event.type)
const answerOf = (received: readonly Received[]): ChatAnswer | undefined => {
  const last = received.at(-1)?.event
  return last?.type === 'done' ? last.answer : undefined
}
/** What a page shows after these events. */
const shown = (received: readonly Received[]) =>
  received.reduce((text, { event }) => (event.type === 'delta' ? text + event.text : event.type === 'replace' ? event.text : text), '')

/** Says one part, then waits until it is let go on. */
function halting() {
  let goOn: () => void = () => {}
  const wait = new Promise<void>((resolve) => (goOn = resolve))
  setAssistantParts(testParts([new ScriptedProvider([[{ say: 'The first part. ' }, { wait }, { say: 'The second part.' }]])]))
  return { goOn }
}

describe('a streamed answer', () => {
  it('begins with its ids, shows what is asked of the data, and ends with what POST /api/chat answers', async () => {
    setAssistantParts(testParts([new ScriptedProvider([[{ call: DRYER_CALL }, { say: 'Here ' }, { say: 'you go. That ' }, { say: 'was it.' }]])]))
    const received = await read(await post('dryer?'))
    expect(typesOf(received)).toEqual(['start', 'tool_call', 'tool_result', 'delta', 'delta', 'done'])
    expect(received[1]?.event).toMatchObject({ tool: 'energy_use', arguments: DRYER_CALL.arguments })
    const answer = answerOf(received)
    expect(shown(received)).toBe(answer?.response)
    expect(received.map(({ id }) => id)).toEqual(received.map((_, index) => `${answer?.message_id}:${index}`))
  })

  it('never carries a number that no result has, not even for a moment, and regenerates what did', async () => {
    setAssistantParts(
      testParts([
        new ScriptedProvider([
          [{ call: DRYER_CALL }, { say: 'A true start. ' }, { say: 'Then 98765 kWh, which is false. And ' }, { say: 'more.' }],
          [{ say: 'Only the truth.' }],
        ]),
      ]),
    )
    const received = await read(await post('dryer?'))
    expect(shown(received)).toBe('Only the truth.')
    expect(JSON.stringify(received)).not.toContain('98765')
  })

  it('goes on when the connection drops; who comes back gets what was missed, then the rest', async () => {
    const { goOn } = halting()
    const before = await read(await post('tell me'), ({ type }) => type === 'delta')
    const lastEventId = before.at(-1)?.id ?? ''
    const again = get(lastEventId)
    goOn()
    const after = await read(await again)
    expect(shown([...before, ...after])).toBe('The first part. The second part.')
    expect(typesOf(after)).toEqual(['delta', 'done'])
    // The same by POST, which asks nothing anew.
    const byPost = await read(await post('tell me', { 'last-event-id': lastEventId }))
    expect(byPost).toEqual(after)
  })

  it('is finished into the conversation though nobody listens', async () => {
    const { goOn } = halting()
    const before = await read(await post('tell me more'), ({ type }) => type === 'delta')
    const start = before[0]?.event
    if (start?.type !== 'start') throw new Error('no start')
    const session = async () => (await callApi(getOne, { as: user, params: { session_id: start.session_id } })).body as ChatSession
    // Meanwhile whoever opens the conversation, on whatever device, knows what to follow.
    expect((await session()).answering).toBe(start.message_id)
    goOn()
    const stored = async () => (await session()).messages.at(-1)
    await expect.poll(stored, { timeout: 10_000 }).toMatchObject({ id: start.message_id, content: 'The first part. The second part.' })
    await expect.poll(async () => (await session()).answering).toBeNull()
  })

  it('that nobody remembers any more is told from the conversation', async () => {
    setAssistantParts(testParts())
    const answer = answerOf(await read(await post('hello')))
    const { undercurrentGenerations } = globalThis as { undercurrentGenerations?: Map<string, unknown> }
    undercurrentGenerations?.delete(answer?.message_id ?? '')
    const received = await read(await get(`${answer?.message_id}:1`))
    expect(typesOf(received)).toEqual(['replace', 'done'])
    expect(answerOf(received)).toEqual(answer)
  })

  it('is 404 for somebody else, while it is given and afterwards', async () => {
    const { goOn } = halting()
    const stranger = await makeUser('admin')
    const before = await read(await post('mine'), ({ type }) => type === 'delta')
    const lastEventId = before[0]?.id ?? ''
    expect((await get(lastEventId, stranger)).status).toBe(404)
    goOn()
    await read(await get(lastEventId))
    expect((await get(lastEventId, stranger)).status).toBe(404)
    expect((await get('message_missing:0')).status).toBe(404)
    expect((await get('%00')).status).toBe(404)
  })

  it('that cannot be given ends with an error that says what to do', async () => {
    setAssistantParts(testParts([]))
    const received = await read(await post('anybody there?'))
    expect(received.at(-1)?.event).toMatchObject({ type: 'error', status: 503, detail: expect.stringContaining('administrator') })
  })
})
