import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { env } from '@/lib/env'
import { SdkProvider } from './sdk-provider'

const DEFAULT_OPENAI_MODEL = 'gpt-4o-mini'
const DEFAULT_ANTHROPIC_MODEL = 'claude-haiku-4-5'

/** OpenAI, or with OPENAI_BASE_URL any server that speaks its Chat Completions protocol. */
export function openOpenAi(modelName?: string): SdkProvider {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, LLM_TIMEOUT_SECONDS } = env()
  const model = modelName ?? DEFAULT_OPENAI_MODEL
  const isOwnServer = OPENAI_BASE_URL !== undefined
  const hasModel = modelName !== undefined || !isOwnServer
  return new SdkProvider({
    traits: {
      provider: 'openai',
      model,
      description: isOwnServer
        ? 'A language model on a server of your own choice.'
        : 'A language model of OpenAI; questions and results leave this house.',
      local: false,
      callsTools: true,
      freeText: true,
      slow: true,
    },
    missing:
      !isOwnServer && !OPENAI_API_KEY
        ? 'OPENAI_API_KEY is not set. An administrator has to set it, or choose another LLM_PROVIDER.'
        : hasModel
          ? null
          : 'MODEL_NAME is not set. An administrator has to name a model of the server at OPENAI_BASE_URL.',
    model: () => createOpenAI({ apiKey: OPENAI_API_KEY ?? 'none', ...(isOwnServer && { baseURL: OPENAI_BASE_URL }) }).chat(model),
    timeoutSeconds: LLM_TIMEOUT_SECONDS,
    // One's own server is more often switched off than busy.
    ...(isOwnServer && { maxRetries: 1 }),
  })
}

export function openAnthropic(modelName?: string): SdkProvider {
  const { ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL, LLM_TIMEOUT_SECONDS } = env()
  const model = modelName ?? DEFAULT_ANTHROPIC_MODEL
  return new SdkProvider({
    traits: {
      provider: 'anthropic',
      model,
      description: 'A language model of Anthropic; questions and results leave this house.',
      local: false,
      callsTools: true,
      freeText: true,
      slow: true,
    },
    missing: ANTHROPIC_API_KEY
      ? null
      : 'ANTHROPIC_API_KEY is not set. An administrator has to set it, or choose another LLM_PROVIDER.',
    model: () =>
      createAnthropic({ apiKey: ANTHROPIC_API_KEY ?? 'none', ...(ANTHROPIC_BASE_URL && { baseURL: ANTHROPIC_BASE_URL }) })(model),
    timeoutSeconds: LLM_TIMEOUT_SECONDS,
  })
}
