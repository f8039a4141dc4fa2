import { existsSync } from 'node:fs'
import path from 'node:path'
import type { AssistantModelInfo } from '@/lib/contracts/administration'
import { env } from '@/lib/env'
import { readManifest } from '@/lib/nilm/model-manifest'

/** A local model of the assistant in the memory of this process. */
export interface LoadedAssistantModel {
  name: string
  /** The file or folder it came from. */
  path: string | null
}

// Global, because Next may load this module once per bundle.
const shared = globalThis as typeof globalThis & { undercurrentAssistantModel?: LoadedAssistantModel }

/** To be told by whoever loads the assistant's model into this process, and (null) when it lets go of it. */
export function noteAssistantModel(loaded: LoadedAssistantModel | null): void {
  shared.undercurrentAssistantModel = loaded ?? undefined
}

/** Who answers in the chat, as it is configured and as this process has it in memory. */
export async function describeAssistantModel(): Promise<AssistantModelInfo> {
  const settings = env()
  const provider = settings.LLM_PROVIDER
  const isLocal = provider !== 'openai' && provider !== 'anthropic'
  const isLlama = provider === 'llama-cpp'
  const loaded = isLocal ? shared.undercurrentAssistantModel : undefined
  const manifest = await readManifest(settings.MODEL_DIR).catch(() => null)
  return {
    provider,
    model_name: settings.MODEL_NAME ?? loaded?.name ?? null,
    model_path: loaded?.path ?? configuredPath(),
    model_loaded: isLocal ? loaded !== undefined : null,
    n_ctx: isLlama ? settings.MODEL_N_CTX : null,
    // 0: the library chooses, and does not say what.
    n_threads: isLlama || provider === 'flan-t5' ? settings.MODEL_N_THREADS || null : null,
    n_gpu_layers: null,
    // The built-in assistant does not sample.
    temperature: provider === 'embedded' ? null : settings.TEMPERATURE,
    top_p: null,
    max_tokens: settings.MAX_NEW_TOKENS,
    max_conversation_history: settings.MAX_CONVERSATION_HISTORY,
    timeout_seconds: settings.LLM_TIMEOUT_SECONDS,
    fallback: settings.LLM_FALLBACK,
    disaggregation: {
      model_dir: settings.MODEL_DIR,
      available: manifest !== null,
      name: manifest?.name ?? null,
      version: manifest?.version ?? null,
      device: settings.DEVICE,
    },
  }
}

/** What the environment names: the file of llama-cpp, or a folder of flan-t5. */
function configuredPath(): string | null {
  const { LLM_PROVIDER: provider, MODEL_PATH: file, MODEL_NAME: name } = env()
  if (provider === 'llama-cpp') return file ?? null
  if (provider === 'flan-t5' && name !== undefined && existsSync(path.resolve(name))) return name
  return null
}
