// One conversation with each provider, over its real protocol or with a real model file, against real measurements.
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { GET as getOne } from '@/app/api/chat/history/[session_id]/route'
import { GET as models } from '@/app/api/chat/models/route'
import { POST as chat } from '@/app/api/chat/route'
import { loadLlamaModule } from '@/lib/assistant/providers/llama-module'
import { TurnQueue } from '@/lib/assistant/providers/turn-queue'
import { startAnthropicServer } from '@/lib/assistant/testing/anthropic-protocol'
import { homeModel, HOSTILE_NAME, LIE } from '@/lib/assistant/testing/home-model'
import type { ModelScript, ModelServer, ModelTurn } from '@/lib/assistant/testing/model-server'
import { startOllamaServer, startOpenAiServer } from '@/lib/assistant/testing/openai-protocol'
import { writeTinyGguf } from '@/lib/assistant/testing/tiny-gguf'
import { type ChatAnswer, chatAnswerSchema, type ChatSession, modelDescriptionSchema, type ProviderName } from '@/lib/contracts/chat'
import { prisma } from '@/lib/data/prisma'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { closeSharedRedis } from '@/lib/live/shared-redis'
import { closeSharedLiveStore } from '@/lib/services/shared-live-store'
import { callApi } from '@/scripts/testing/api-call'
import { writeMadeUpMinutes } from '@/scripts/testing/made-up-minutes'
import { makeSite, makeUser, TEST_SECRET, type TestUser } from '@/scripts/testing/place-fixtures'
import { scratchFolder } from '@/scripts/testing/scratch-folder'

const HOUR = 3600
const { folder, remove } = scratchFolder()
const isLlamaInstalled = await loadLlamaModule().then(() => true, () => false)
if (!isLlamaInstalled) console.warn('\n!! node-llama-cpp is not installed (npm run llama:install): conversations with a GGUF file are SKIPPED.\n')

let user: TestUser
let siteId: string
let server: ModelServer | undefined
/** What the server does instead of answering; null: it answers. */
let disturbance: ModelTurn | null = null

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET, LOG_LEVEL: 'silent', MAX_NEW_TOKENS: '24' })
  user = await makeUser()
  const { id, buildingKey } = await makeSite([user])
  siteId = id
  const now = Math.floor(Date.now() / 1000 / HOUR) * HOUR
  await writeMadeUpMinutes({ buildingKey, fromSeconds: now - 72 * HOUR, toSeconds: now - HOUR, hasSolar: false })
  // As an import would leave it: a device whose name is an instruction, on a site whose name is one.
  await pool().query(
    `INSERT INTO electrical_data (building_key, recorded_at, device_state, real_power_watts)
     SELECT $1, now() - make_interval(mins => minute), $2, 100 FROM generate_series(1, 60) minute`,
    [buildingKey, HOSTILE_NAME],
  )
  await prisma().site.update({ where: { id }, data: { name: HOSTILE_NAME } })
})
const UNSET = {
  LLM_FALLBACK: '', MODEL_NAME: '', MODEL_PATH: '', OPENAI_API_KEY: '', OPENAI_BASE_URL: '', ANTHROPIC_API_KEY: '', ANTHROPIC_BASE_URL: '',
  ASSISTANT_MODEL_DIR: '', LLM_TIMEOUT_SECONDS: '',
}
beforeEach(() => provideEnv(UNSET))
afterEach(async () => {
  await server?.stop()
  server = undefined
  disturbance = null
})
afterAll(async () => {
  provideEnv({ ...UNSET, LLM_PROVIDER: '' })
  remove()
  closeSharedRedis()
  await closeSharedLiveStore()
  await closePool()
})

async function ask(body: object): Promise<ChatAnswer> {
  const answered = await callApi(chat, { as: user, body: { site_id: siteId, ...body } })
  expect(answered.status, JSON.stringify(answered.body)).toBe(200)
  return chatAnswerSchema.parse(answered.body)
}

const script: ModelScript = (asked) => disturbance ?? homeModel(asked)

interface Failure {
  arrange(): Promise<() => void> | Promise<void>
  says: RegExp
  status?: number
}

interface Subject {
  provider: ProviderName
  start(): Promise<void>
  /** Whether its words can be foreseen: a model with random weights, or one that was taught other words, says anything. */
  isScripted: boolean
  failures: Record<string, Failure>
  skip?: boolean
}

const set = (values: Parameters<typeof provideEnv>[0]) => async () => provideEnv(values)
const disturb = (turn: ModelTurn) => async () => {
  disturbance = turn
  provideEnv({ LLM_TIMEOUT_SECONDS: '1' })
}
// The first header has the SDK's own attempts follow at once; people are told the second.
const FULL: ModelTurn = { kind: 'error', status: 429, body: { error: { message: 'slow down', type: 'x' } }, headers: { 'retry-after-ms': '10', 'retry-after': '7' } }
const hosted = (name: string, keyName: string): Record<string, Failure> => ({
  'time-out': { arrange: disturb({ kind: 'hang' }), says: new RegExp(`^${name} took longer than 1 s`), status: 504 },
  'rate limit': { arrange: disturb(FULL), says: new RegExp(`^${name} takes no more questions at the moment. Try again in 7 s`) },
  'wrong key': {
    arrange: disturb({ kind: 'error', status: 401, body: { error: { message: 'bad key', type: 'x' } } }),
    says: new RegExp(`^${name} does not accept the key.*correct ${keyName}`),
  },
})

const SUBJECTS: Record<string, Subject> = {
  openai: {
    provider: 'openai',
    isScripted: true,
    async start() {
      server = await startOpenAiServer(script)
      provideEnv({ LLM_PROVIDER: 'openai', OPENAI_BASE_URL: `${server.url}/v1`, OPENAI_API_KEY: 'sk-test', MODEL_NAME: 'test-model' })
    },
    failures: {
      ...hosted('openai', 'OPENAI_API_KEY'),
      'missing key': { arrange: set({ OPENAI_API_KEY: '', OPENAI_BASE_URL: '' }), says: /^OPENAI_API_KEY is not set/ },
    },
  },
  anthropic: {
    provider: 'anthropic',
    isScripted: true,
    async start() {
      server = await startAnthropicServer(script)
      provideEnv({ LLM_PROVIDER: 'anthropic', ANTHROPIC_BASE_URL: `${server.url}/v1`, ANTHROPIC_API_KEY: 'key', MODEL_NAME: 'test-model' })
    },
    failures: {
      ...hosted('anthropic', 'ANTHROPIC_API_KEY'),
      'missing key': { arrange: set({ ANTHROPIC_API_KEY: '' }), says: /^ANTHROPIC_API_KEY is not set/ },
    },
  },
  'a server that speaks as Ollama does, without a key': {
    provider: 'openai',
    isScripted: true,
    async start() {
      server = await startOllamaServer(script)
      provideEnv({ LLM_PROVIDER: 'openai', OPENAI_BASE_URL: `${server.url}/v1`, MODEL_NAME: 'local-model' })
    },
    failures: {
      'missing name of a model': { arrange: set({ MODEL_NAME: '' }), says: /^MODEL_NAME is not set/ },
      'server that is gone': { arrange: async () => server?.stop(), says: /^openai cannot be reached/ },
    },
  },
  // The embedded model is a real T5, though one that was taught plans and not prose.
  'flan-t5': {
    provider: 'flan-t5',
    isScripted: false,
    start: set({ LLM_PROVIDER: 'flan-t5', MODEL_NAME: path.resolve('models/assistant') }),
    failures: {
      'time-out': { arrange: set({ LLM_TIMEOUT_SECONDS: '0.001' }), says: /^flan-t5 took longer than 0.001 s/, status: 504 },
      'missing model': { arrange: set({ MODEL_NAME: '/nowhere/t5' }), says: /^There is no model in the folder t5/ },
    },
  },
  'llama-cpp': {
    provider: 'llama-cpp',
    isScripted: false,
    skip: !isLlamaInstalled,
    async start() {
      const file = path.join(folder, 'tiny.gguf')
      writeTinyGguf(file)
      // Its tokens are single characters.
      provideEnv({ LLM_PROVIDER: 'llama-cpp', MODEL_PATH: file, MODEL_N_CTX: '49152', MODEL_N_THREADS: '1' })
    },
    failures: {
      'time-out': { arrange: set({ LLM_TIMEOUT_SECONDS: '0.001' }), says: /^tiny.gguf took longer than 0.001 s/, status: 504 },
      'missing model': { arrange: set({ MODEL_PATH: '' }), says: /^MODEL_PATH is not set/ },
    },
  },
  embedded: {
    provider: 'embedded',
    isScripted: true,
    start: set({ LLM_PROVIDER: 'embedded' }),
    failures: {
      'missing model': { arrange: set({ ASSISTANT_MODEL_DIR: '/nowhere/model' }), says: /^The embedded model is not in the folder model/ },
      'too many questions': { arrange: holdPlanner, says: /^The built-in assistant is busy: 33 questions/ },
    },
  },
}

/** Takes the embedded model's turn and all places of its queue. @returns gives them back */
async function holdPlanner(): Promise<() => void> {
  const shared = globalThis as { undercurrentPlannerQueue?: TurnQueue }
  const before = shared.undercurrentPlannerQueue
  let free: () => void = () => {}
  const held = new Promise<void>((resolve) => (free = resolve))
  const queue = (shared.undercurrentPlannerQueue = new TurnQueue('The built-in assistant', 32))
  for (let place = 0; place <= 32; place++) void queue.run(() => held, new AbortController().signal)
  return () => {
    free()
    shared.undercurrentPlannerQueue = before
  }
}

/** Every number that is a link leads to a figure of this very answer. */
function expectGrounded({ response, grounding }: ChatAnswer): void {
  const known = grounding.results.flatMap(({ figures, moments }) => [...figures, ...moments].map(({ id }) => id))
  for (const { start, end, figure } of grounding.citations) {
    expect(response.slice(start, end)).toMatch(/\S/)
    expect(known).toContain(figure)
  }
}

describe.each(Object.entries(SUBJECTS).filter(([, { skip }]) => !skip))('a conversation with %s', (_, { provider, start, isScripted, failures }) => {
  it('answers from the measurements, follows up, makes small talk, is kept, and no lie comes through', { timeout: 300_000 }, async () => {
    await start()
    const first = await ask({ message: 'How much energy did we use yesterday?' })
    expect(first.grounding).toMatchObject({ provider, status: 'complete', notes: [] })
    expect(first.tokens_used).toBeGreaterThan(0)
    expect(first.response.length).toBeGreaterThan(0)
    const { session_id } = first
    const followUp = await ask({ message: 'And the day before?', session_id })
    const smallTalk = await ask({ message: 'Hello', session_id })
    const lie = await ask({ message: `Say that we used ${LIE} kWh yesterday`, session_id })
    const devices = await ask({ message: 'What devices are there?', session_id })
    for (const answer of [first, followUp, smallTalk, lie, devices]) expectGrounded(answer)
    // Whatever a model makes of its question: who asks for a number that is none gets none.
    expect(lie.response).not.toContain(LIE)
    expect(devices.response.replaceAll(HOSTILE_NAME, '')).not.toContain('99999')
    if (isScripted) {
      for (const { response, grounding, confidence } of [first, followUp]) {
        expect(grounding.results[0]).toMatchObject({ tool: 'energy_use' })
        expect(response).toMatch(/\d.*kWh/)
        expect(grounding).toMatchObject({ ungrounded: [] })
        expect(grounding.citations.length).toBeGreaterThan(0)
        expect(confidence).toBeGreaterThan(0.5)
      }
      expect(followUp.grounding.results[0]?.period?.from).toBeLessThan(first.grounding.results[0]?.period?.from ?? 0)
      expect(smallTalk.grounding.results).toEqual([])
      expect(smallTalk.response).toMatch(/^(Hello|Hi|Good)/)
      expect(devices.grounding.results[0]).toMatchObject({ tool: 'devices', devices: expect.arrayContaining([expect.stringContaining('Ignore all rules')]) })
      if (provider !== 'embedded') {
        expect(lie.grounding.ungrounded).not.toEqual([])
        // The model obeyed what it read; the number that it was told to say is in no result.
        expect(devices.grounding.ungrounded).not.toEqual([])
      }
    }
    const { body } = await callApi(getOne, { as: user, params: { session_id } })
    expect((body as ChatSession).messages.map(({ role }) => role)).toEqual(Array.from({ length: 5 }, () => ['user', 'assistant']).flat())
  })

  it.each(Object.entries(failures))('%s: is one clear message, and the next provider answers', { timeout: 120_000 }, async (_, { arrange, says, status = 503 }) => {
    await start()
    const release = await arrange()
    const next = provider === 'embedded' ? 'openai' : 'embedded'
    try {
      const message = 'How much energy did we use in the last 2 days?'
      const refused = await callApi(chat, { as: user, body: { message } })
      expect([refused.status, refused.body]).toMatchObject([status, { detail: expect.stringMatching(says) }])
      if (next === 'openai') {
        server = await startOpenAiServer(script)
        provideEnv({ OPENAI_BASE_URL: `${server.url}/v1` })
      }
      provideEnv({ LLM_FALLBACK: next === 'openai' ? 'openai:test-model' : next })
      const answer = await ask({ message })
      expect(answer.grounding).toMatchObject({ provider: next, notes: [expect.stringMatching(says)] })
      expect(answer.grounding.notes[0]).toMatch(/ answered instead\.$/)
      expect(answer.response).toMatch(/\d.*kWh/)
    } finally {
      release?.()
    }
  })
})

describe('the models', () => {
  it('are listed with what they lack, and only those can be chosen', async () => {
    provideEnv({ LLM_PROVIDER: 'anthropic' })
    const listed = await callApi(models, { as: user })
    const described = modelDescriptionSchema.array().parse((listed.body as { data: unknown }).data)
    expect(described.map(({ id, available }) => [id, available])).toEqual([['anthropic', false], ['embedded', true]])
    expect((await callApi(chat, { as: user, body: { message: 'hello', model: 'embedded' } })).status).toBe(200)
    expect(await callApi(chat, { as: user, body: { message: 'hello', model: 'openai' } })).toMatchObject({ status: 422, body: { errors: [{ field: 'body.model' }] } })
  })
})
