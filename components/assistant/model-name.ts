import type { ProviderName } from '@/lib/contracts/chat'

const PRODUCERS: Record<ProviderName, string | null> = {
  embedded: null,
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  'flan-t5': 'Flan-T5',
  'llama-cpp': 'llama.cpp',
}

/** A model as people know it. @param builtIn what the application's own is called */
export function modelName({ provider, model }: { provider: ProviderName; model: string }, builtIn: string): string {
  const producer = PRODUCERS[provider]
  if (producer === null) return builtIn
  const short = model.split(/[/\\]/).at(-1) ?? model
  return short === '' || short === provider ? producer : short
}
