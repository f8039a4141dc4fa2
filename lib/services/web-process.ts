import { createLogger } from '@/lib/infra/logger'
import { type ProcessReporter, reportProcess } from './process-report'
import { sharedLiveStore } from './shared-live-store'

// Global, because Next may load this module once per bundle and again after a change in development.
const shared = globalThis as typeof globalThis & { undercurrentWebReporter?: ProcessReporter }

/** Lets the web process say how it is, as the workers do. */
export function reportWebProcess(): void {
  if (shared.undercurrentWebReporter) return
  const reporter = reportProcess('web', { log: createLogger('web'), pingLiveStore: () => sharedLiveStore().ping() })
  shared.undercurrentWebReporter = reporter
  // Next ends the process by itself, once its connections are closed.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void reporter.close())
}
