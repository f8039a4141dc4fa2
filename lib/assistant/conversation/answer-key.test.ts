import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ToolCall, ToolResult } from '@/lib/contracts/assistant'
import { provideEnv } from '@/lib/env'
import { answerCache } from '@/lib/live/cache/answer-cache'
import type { AssistantRequest, ProviderTraits } from '../providers/provider'
import { DRYER_CALL, dryerResult, sampleRequest } from '../testing/sample-request'
import { AnswerCache, type CachedAnswer, normaliseQuestion } from './answer-key'

const DAY_SECONDS = 86_400
const TRAITS: ProviderTraits = {
  provider: 'openai', model: 'big-one', description: '', local: false, callsTools: true, freeText: true, slow: true,
}
const REQUEST = sampleRequest({ history: [{ question: 'Is all well?', answer: 'It is.' }] })

const answerOf = (results: ToolResult[]): CachedAnswer => ({
  content: 'The dryer used 2.34 kWh.',
  grounding: {
    provider: 'openai', model: 'big-one', plan: null, results, citations: [], ungrounded: [], confidence: 1, devices: ['Dryer'],
    tokensUsed: 20, cached: false, status: 'complete', notes: [],
  },
})
const cacheFor = (traits: Partial<ProviderTraits> = {}, request: Partial<AssistantRequest> = {}) =>
  new AnswerCache({ ...TRAITS, ...traits }, { ...REQUEST, ...request }, 60)
const measure = (kwh?: number) => async (call: ToolCall) => dryerResult(call, kwh)
const isFound = async (cache: AnswerCache, kwh?: number) => (await cache.find(measure(kwh))) !== null

beforeAll(() => provideEnv({ REDIS_URL: '' }))
beforeEach(async () => {
  await answerCache().flush()
  await cacheFor().save([DRYER_CALL], answerOf([dryerResult(DRYER_CALL)]))
})

describe('a cached answer', () => {
  it('is found for the same question to the same model, as long as the measurements answer the same', async () => {
    expect(await cacheFor().find(measure())).toEqual(answerOf([dryerResult(DRYER_CALL)]))
    expect(await isFound(cacheFor({}, { question: '  how much did the DRYER use yesterday ' }))).toBe(true)
    expect(await isFound(cacheFor(), 2.35)).toBe(false)
    expect(await isFound(cacheFor())).toBe(true)
  })

  it.each<[string, Partial<ProviderTraits>, Partial<AssistantRequest>]>([
    ['another provider', { provider: 'anthropic' }, {}],
    ['another model', { model: 'small-one' }, {}],
    ['another question', {}, { question: 'How much did the washer use yesterday?' }],
    ['another history', {}, { history: [{ question: 'Is all well?', answer: 'It is not.' }] }],
    ['no history', {}, { history: [] }],
    ['another understanding of the question before', {}, { previousPlan: { kind: 'calls', calls: [DRYER_CALL] } }],
    ['another site', {}, { site: { ...REQUEST.site, id: 'site_other' } }],
    ['another length', {}, { maxTokens: 20 }],
    ['another temperature', {}, { temperature: 1 }],
    ['another day', {}, { nowSeconds: REQUEST.nowSeconds + DAY_SECONDS }],
  ])('is none for %s', async (_, traits, request) => {
    expect(await isFound(cacheFor(traits, request))).toBe(false)
    expect(await isFound(cacheFor())).toBe(true)
  })

  it('is none where the measurements cannot be asked, and after a flush', async () => {
    expect(await cacheFor().find(() => Promise.reject(new Error('no database')))).toBeNull()
    expect(await answerCache().flush()).toBeGreaterThan(0)
    expect(await isFound(cacheFor())).toBe(false)
  })

  it('is counted as found or not, once for each question', async () => {
    const before = await answerCache().statistics()
    await isFound(cacheFor())
    await isFound(cacheFor(), 9)
    await isFound(cacheFor({ model: 'small-one' }))
    const { hits, misses } = await answerCache().statistics()
    expect([hits - before.hits, misses - before.misses]).toEqual([1, 2])
  })
})

it('takes questions for the same that differ in case, spaces and the mark at the end, and no others', () => {
  const same = ['How much yesterday?', ' how  much\nyesterday', 'HOW MUCH YESTERDAY!?', 'ｈow much yesterday']
  expect(new Set(same.map(normaliseQuestion)).size).toBe(1)
  expect(normaliseQuestion('How much today?')).not.toBe(normaliseQuestion('How much yesterday?'))
  expect(normaliseQuestion('Is it 1.5?')).not.toBe(normaliseQuestion('Is it 15?'))
})
