import type { LiveStore } from '@/lib/live/live-store'
import { openLiveStore } from '@/lib/live/open'

// Global, because Next may load this module once per bundle; a store is connections, and one set per process is enough.
const shared = globalThis as typeof globalThis & { undercurrentLiveStore?: LiveStore }

/** The process's one live store, opened on first use. */
export function sharedLiveStore(): LiveStore {
  return (shared.undercurrentLiveStore ??= openLiveStore())
}

/** Closes it; the next use opens a new one. */
export async function closeSharedLiveStore(): Promise<void> {
  const closing = shared.undercurrentLiveStore
  shared.undercurrentLiveStore = undefined
  await closing?.close()
}
