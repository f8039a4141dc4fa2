import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { GET as getOne } from '@/app/api/chat/history/[session_id]/route'
import { GET as models } from '@/app/api/chat/models/route'
import { POST as chat } from '@/app/api/chat/route'
import { loadLlamaModule } from '@/lib/assistant/providers/llama-module'
import { startAnthropicServer } from '@/lib/assistant/testing/anthropic-protocol'
import type { ModelScript, ModelServer } from '@/lib/assistant/testing/model-server'
import { startOpenAiServer } from '@/lib/assistant/testing/openai-protocol'
import { writeTinyGguf } from '@/lib/assistant/testing/tiny-gguf'
import { type ChatAnswer, chatAnswerSchema, type ChatSession, modelDescriptionSchema } from '@/lib/contracts/chat'
import { provideEnv } from '@/lib/env'
import { closePool } from '@/lib/infra/db'
import { closeSharedRedis } from '@/lib/live/shared-redis'
import { closeSharedLiveStore } from '@/lib/services/shared-live-store'
import { callApi } from '@/scripts/testing/api-call'
import { writeMadeUpMinutes } from '@/scripts/testing/made-up-minutes'
import { makeSite, makeUser, TEST_SECRET, type TestUser } from '@/scripts/testing/place-fixtures'
import { scratchFolder } from '@/scripts/testing/scratch-folder'

const HOUR = 3600
const { folder, remove } = scratchFolder()
const isLlamaInstalled = await loadLlamaModule().then(() => true, () => false)
if (!isLlamaInstalled) console.warn('\n!! node-llama-cpp is not installed: conversations with a GGUF file are SKIPPED.\n')

let user: TestUser
let server: ModelServer | undefined

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET, LOG_LEVEL: 'silent', MAX_NEW_TOKENS: '24' })
  user = await makeUser()
  const site = await makeSite([user])
  const now = Math.floor(Date.now() / 1000 / HOUR) * HOUR
  await writeMadeUpMinutes({ buildingKey: site.buildingKey, fromSeconds: now - 72 * HOUR, toSeconds: now - HOUR, hasSolar: false })
})
beforeEach(() => provideEnv({ LLM_FALLBACK: '', MODEL_NAME: '', MODEL_PATH: '', OPENAI_API_KEY: '', OPENAI_BASE_URL: '', ANTHROPIC_API_KEY: '' }))
afterEach(async () => {
  await server?.stop()
  server = undefined
})
afterAll(async () => {
  provideEnv({ LLM_PROVIDER: '' })
  remove()
  closeSharedRedis()
  await closeSharedLiveStore()
  await closePool()
})

async function ask(body: object): Promise<ChatAnswer> {
  const answered = await callApi(chat, { as: user, body })
  expect(answered.status, JSON.stringify(answered.body)).toBe(200)
  return chatAnswerSchema.parse(answered.body)
}

/** Asks for yesterday's energy, then says it; the second question is a follow-up that it answers from the history. */
const script: ModelScript = ({ toolResults: [result], body }) => {
  const period = JSON.stringify(body).includes('And the day before') ? '2 days ago' : 'yesterday'
  if (result === undefined) return { kind: 'call', tool: 'energy_use', arguments: { subject: 'total', period } }
  const { figures } = JSON.parse(result) as { figures: { value: number; unit: string }[] }
  const [energy] = figures
  return { kind: 'text', text: `You used ${energy?.value} ${energy?.unit}.` }
}

interface Setup {
  start(): Promise<void>
  /** Whether its words can be foreseen. */
  isScripted: boolean
  skip?: boolean
}

const PROVIDERS: Record<string, Setup> = {
  embedded: { isScripted: true, start: async () => provideEnv({ LLM_PROVIDER: 'embedded' }) },
  openai: {
    isScripted: true,
    async start() {
      server = await startOpenAiServer(script)
      provideEnv({ LLM_PROVIDER: 'openai', OPENAI_BASE_URL: `${server.url}/v1`, MODEL_NAME: 'test-model' })
    },
  },
  anthropic: {
    isScripted: true,
    async start() {
      server = await startAnthropicServer(script)
      provideEnv({ LLM_PROVIDER: 'anthropic', ANTHROPIC_BASE_URL: `${server.url}/v1`, ANTHROPIC_API_KEY: 'key', MODEL_NAME: 'test-model' })
    },
  },
  // The embedded model is a real T5, though one that was taught plans and not prose.
  'flan-t5': { isScripted: false, start: async () => provideEnv({ LLM_PROVIDER: 'flan-t5', MODEL_NAME: path.resolve('models/assistant') }) },
  'llama-cpp': {
    isScripted: false,
    skip: !isLlamaInstalled,
    async start() {
      const file = path.join(folder, 'tiny.gguf')
      writeTinyGguf(file)
      // Its tokens are single characters.
      provideEnv({ LLM_PROVIDER: 'llama-cpp', MODEL_PATH: file, MODEL_N_CTX: '49152', MODEL_N_THREADS: '1' })
    },
  },
}

describe.each(Object.entries(PROVIDERS))('a conversation with %s', (name, { start, isScripted, skip = false }) => {
  it.skipIf(skip)('answers from the measurements, follows up, is kept, and says nothing that no result has', { timeout: 300_000 }, async () => {
    await start()
    const first = await ask({ message: 'How much energy did we use yesterday?' })
    expect(first.grounding).toMatchObject({ provider: name, status: 'complete' })
    expect(first.tokens_used).toBeGreaterThan(0)
    expect(first.response.length).toBeGreaterThan(0)
    const second = await ask({ message: 'And the day before?', session_id: first.session_id })
    for (const { response, grounding } of [first, second]) {
      for (const { start: from, end, figure } of grounding.citations) {
        expect(response.slice(from, end)).toMatch(/\S/)
        const known = grounding.results.flatMap(({ figures, moments }) => [...figures, ...moments].map(({ id }) => id))
        expect(known).toContain(figure)
      }
    }
    if (isScripted) {
      for (const { response, grounding, confidence } of [first, second]) {
        expect(grounding.results[0]).toMatchObject({ tool: 'energy_use' })
        expect(response).toMatch(/\d.*kWh/)
        expect(grounding).toMatchObject({ ungrounded: [] })
        expect(grounding.citations.length).toBeGreaterThan(0)
        expect(confidence).toBeGreaterThan(0.5)
      }
      expect(second.grounding.results[0]?.period?.from).toBeLessThan(first.grounding.results[0]?.period?.from ?? 0)
    }
    const { body } = await callApi(getOne, { as: user, params: { session_id: first.session_id } })
    expect((body as ChatSession).messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant'])
  })
})

describe('a provider that is out of order', () => {
  it('is replaced by the embedded one where that is the fallback, over the real protocol', { timeout: 60_000 }, async () => {
    server = await startOpenAiServer(() => ({ kind: 'error', status: 401, body: { error: { message: 'bad key', type: 'invalid_request_error' } } }))
    provideEnv({ LLM_PROVIDER: 'openai', OPENAI_BASE_URL: `${server.url}/v1`, OPENAI_API_KEY: 'wrong', MODEL_NAME: 'test-model', LLM_FALLBACK: 'embedded' })
    const answer = await ask({ message: 'How much energy did we use in the last 2 days?' })
    expect(answer.grounding).toMatchObject({ provider: 'embedded', notes: [expect.stringContaining('does not accept the key')] })
    expect(answer.response).toMatch(/kWh/)
  })

  it('is said to be, with what to do, where there is no other', async () => {
    provideEnv({ LLM_PROVIDER: 'anthropic', LLM_FALLBACK: '' })
    const { status, body } = await callApi(chat, { as: user, body: { message: 'hello' } })
    expect([status, body]).toMatchObject([503, { detail: expect.stringContaining('ANTHROPIC_API_KEY is not set') }])
    const listed = await callApi(models, { as: user })
    const described = modelDescriptionSchema.array().parse((listed.body as { data: unknown }).data)
    expect(described.map(({ id, available }) => [id, available])).toEqual([['anthropic', false], ['embedded', true]])
    expect((await callApi(chat, { as: user, body: { message: 'hello', model: 'embedded' } })).status).toBe(200)
    expect(await callApi(chat, { as: user, body: { message: 'hello', model: 'openai' } })).toMatchObject({ status: 422, body: { errors: [{ field: 'body.model' }] } })
  })
})
