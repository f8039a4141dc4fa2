import { beforeEach, describe, expect, it } from 'vitest'
import { env, provideEnv } from '@/lib/env'
import { keywordPlanner, plainWording } from '../testing/test-parts'
import { configuredProviders, describeProviders } from './configured'

const builtIn = { planner: keywordPlanner, word: plainWording, missing: async () => null }
const namesFor = (model: string | null) => configuredProviders(builtIn, model).map((provider) => {
  const { provider: name, model: of } = provider.describe()
  return `${name}/${of}`
})

beforeEach(() => {
  provideEnv({
    LLM_PROVIDER: 'openai', MODEL_NAME: 'big-one', LLM_FALLBACK: 'anthropic:small-one, embedded', OPENAI_API_KEY: '', OPENAI_BASE_URL: '', MODEL_PATH: '',
  })
})

describe('who answers', () => {
  it('is LLM_PROVIDER with MODEL_NAME, then LLM_FALLBACK in its order, each with its own model', () => {
    expect(namesFor(null)).toEqual(['openai/big-one', 'anthropic/small-one', 'embedded/undercurrent-planner'])
  })

  it('is first whom the caller chose, by id or by name, of those that are configured; another is refused with the list', () => {
    expect(namesFor('anthropic:small-one')).toEqual(['anthropic/small-one', 'embedded/undercurrent-planner'])
    expect(namesFor('embedded')).toEqual(['embedded/undercurrent-planner', 'anthropic/small-one'])
    expect(() => namesFor('openai:gpt-unpaid')).toThrow(/no model "openai:gpt-unpaid".*openai:big-one, anthropic:small-one, embedded/)
  })

  it('is the embedded model where nothing is set', () => {
    provideEnv({ LLM_PROVIDER: '', LLM_FALLBACK: '', MODEL_NAME: '' })
    expect(namesFor(null)).toEqual(['embedded/undercurrent-planner'])
  })

  it('is listed with what each can do and what it lacks; the embedded one can always be chosen', async () => {
    provideEnv({ LLM_PROVIDER: 'llama-cpp', MODEL_PATH: '/nowhere/model.gguf', LLM_FALLBACK: 'openai' })
    const models = await describeProviders(builtIn)
    expect(models.map(({ id, available, is_default }) => ({ id, available, is_default }))).toEqual([
      { id: 'llama-cpp', available: false, is_default: true },
      { id: 'openai', available: false, is_default: false },
      { id: 'embedded', available: true, is_default: false },
    ])
    expect(models[0]?.problem).toContain('model.gguf is not there')
    expect(JSON.stringify(models)).not.toContain('/nowhere')
  })

  it('cannot be set to somebody unknown', () => {
    provideEnv({ LLM_FALLBACK: 'embedded,skynet' })
    expect(() => env()).toThrow(/LLM_FALLBACK.*provider:model/)
    provideEnv({ LLM_FALLBACK: '' })
  })

  it('keeps a local model in memory once', () => {
    provideEnv({ LLM_PROVIDER: 'llama-cpp', MODEL_PATH: '/nowhere/model.gguf' })
    expect(configuredProviders(builtIn, null)[0]).toBe(configuredProviders(builtIn, null)[0])
  })
})
