import { createLogger } from '@/lib/infra/logger'
import { builtIn, loadPlanner } from './built-in'
import { configuredProviders } from './providers/configured'

/** Loads the models that will answer in this process, so that nobody's first question has to wait for them. Never rejects. */
export async function warmAssistant(): Promise<void> {
  const providers = configuredProviders(builtIn, null)
  const isPlanning = providers.some((provider) => ['embedded', 'flan-t5'].includes(provider.describe().provider))
  const loads = [...(isPlanning ? [loadPlanner()] : []), ...providers.map((provider) => provider.warm?.())]
  for (const outcome of await Promise.allSettled(loads)) {
    if (outcome.status === 'rejected') {
      createLogger('assistant').warn({ err: outcome.reason as unknown }, 'a model of the assistant cannot be loaded')
    }
  }
}
