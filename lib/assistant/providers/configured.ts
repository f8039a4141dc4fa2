import path from 'node:path'
import { type ModelDescription, PROVIDER_NAMES, type ProviderName } from '@/lib/contracts/chat'
import { env } from '@/lib/env'
import { ChatRefusal } from '@/lib/assistant/conversation/refusal'
import { EmbeddedProvider, type Wording } from './embedded'
import { FlanT5Provider } from './flan-t5'
import { openAnthropic, openOpenAi } from './hosted'
import { LlamaCppProvider } from './llama-cpp'
import type { Planner } from './planned-answer'
import type { AssistantProvider } from './provider'

const DEFAULT_T5 = 'google/flan-t5-base'

export interface BuiltIn {
  planner: Planner
  word: Wording
  /** Why the planner cannot be used; null where it can. */
  missing(): Promise<string | null>
}

// Global, because Next may load this module once per bundle: a model must be in memory once.
const shared = globalThis as typeof globalThis & { undercurrentProviders?: Map<string, AssistantProvider> }

/**
 * Who answers, in the order they are tried: the one that is asked for, else LLM_PROVIDER; then LLM_FALLBACK.
 * @param model an id of `describeProviders`, or a provider's name
 * @throws ChatRefusal 422 where there is no such model
 */
export function configuredProviders(builtIn: BuiltIn, model: string | null): AssistantProvider[] {
  const choices = choicesOf()
  const asked = model === null ? choices[0] : choices.find((choice) => idOf(choice) === model || choice.provider === model)
  if (!asked) {
    throw new ChatRefusal(422, `There is no model ${JSON.stringify(model)}. Choose one of ${choices.map(idOf).join(', ')}.`, {
      field: 'body.model',
    })
  }
  const fallbacks = fallbackChoices().filter((choice) => idOf(choice) !== idOf(asked))
  return [asked, ...fallbacks].map((choice) => open(choice, builtIn))
}

/** All that can be chosen; the configured one first. */
export async function describeProviders(builtIn: BuiltIn): Promise<ModelDescription[]> {
  return Promise.all(
    choicesOf().map(async (choice, index) => {
      const opened = open(choice, builtIn)
      const { callsTools, freeText, ...traits } = opened.describe()
      const problem = await opened.problem()
      return {
        id: idOf(choice),
        ...traits,
        calls_tools: callsTools,
        free_text: freeText,
        available: problem === null,
        problem,
        is_default: index === 0,
      }
    }),
  )
}

interface Choice {
  provider: ProviderName
  /** undefined: the provider's usual one. */
  model: string | undefined
}

const idOf = ({ provider, model }: Choice) => (model === undefined ? provider : `${provider}:${model}`)

function fallbackChoices(): Choice[] {
  return env().LLM_FALLBACK.flatMap((entry): Choice[] => {
    const provider = PROVIDER_NAMES.find((name) => entry === name || entry.startsWith(`${name}:`))
    return provider ? [{ provider, model: entry.slice(provider.length + 1) || undefined }] : []
  })
}

function choicesOf(): Choice[] {
  const { LLM_PROVIDER: provider, MODEL_NAME } = env()
  // llama-cpp takes MODEL_PATH, which is nobody's business outside; the embedded model is what it is.
  const model = provider === 'embedded' || provider === 'llama-cpp' ? undefined : MODEL_NAME
  const all: Choice[] = [{ provider, model }, ...fallbackChoices(), { provider: 'embedded', model: undefined }]
  return [...new Map(all.map((choice) => [idOf(choice), choice])).values()]
}

function open(choice: Choice, builtIn: BuiltIn): AssistantProvider {
  const { LLM_TIMEOUT_SECONDS: timeoutSeconds, MODEL_N_THREADS: threads, DEVICE: device } = env()
  const { DATA_DIR, MODEL_PATH = '', MODEL_N_CTX } = env()
  const { provider, model } = choice
  if (provider === 'embedded') return new EmbeddedProvider(builtIn.planner, builtIn.word, builtIn.missing)
  if (provider === 'openai') return openOpenAi(model)
  if (provider === 'anthropic') return openAnthropic(model)
  if (provider === 'flan-t5') {
    const cacheDir = path.join(DATA_DIR, 'language-models')
    const options = { modelName: model ?? DEFAULT_T5, cacheDir, device, threads, timeoutSeconds }
    return once(options, () => new FlanT5Provider(options, builtIn.planner, builtIn.word))
  }
  const useGpu = device !== 'cpu'
  const options = { modelPath: model ?? MODEL_PATH, threads, contextTokens: MODEL_N_CTX, useGpu, timeoutSeconds }
  return once(options, () => new LlamaCppProvider(options))
}

/** A model in memory, for as long as its settings stay the same. */
function once(options: object, create: () => AssistantProvider): AssistantProvider {
  const key = JSON.stringify(options)
  const opened = (shared.undercurrentProviders ??= new Map())
  const provider = opened.get(key) ?? create()
  opened.set(key, provider)
  return provider
}
