import { listClustersOf } from '@/lib/services/devices'
import { builtIn } from './built-in'
import type { AssistantParts } from './conversation/parts'
import { groundText, groundWorded } from './ground-text'
import { openTools } from './open-tools'
import { configuredProviders, describeProviders } from './providers/configured'
import { availableTools } from './tools/run-tool'

// Global, because Next may load this module once per bundle.
const shared = globalThis as typeof globalThis & { undercurrentAssistantParts?: AssistantParts }

const OWN_PARTS: AssistantParts = {
  providersFor: (model) => configuredProviders(builtIn, model),
  models: () => describeProviders(builtIn),
  availableTools,
  async clusterNames(user, site) {
    const clusters = await listClustersOf(user, site.id)
    return (clusters ?? []).flatMap(({ cluster, name }) => (cluster === null ? [] : [name]))
  },
  openTools,
  groundWorded,
  ground: groundText,
}

/** What conversations are made of in this process. */
export function assistantParts(): AssistantParts {
  return shared.undercurrentAssistantParts ?? OWN_PARTS
}

/** For tests: others in their place; null: the application's own again. */
export function setAssistantParts(parts: AssistantParts | null): void {
  shared.undercurrentAssistantParts = parts ?? undefined
}
