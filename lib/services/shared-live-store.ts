import type { LiveStore } from '@/lib/live/live-store'
import { openLiveStore } from '@/lib/live/open'

// Global, because Next may load this module once per bundle; a store is connections, and one set per process is enough.
const shared = globalThis as typeof globalThis & { undercurrentLiveStore?: Promise<LiveStore> }

/** The process's one live store, opened on first use. An attempt that failed is made again at the next call. */
export function sharedLiveStore(): Promise<LiveStore> {
  if (!shared.undercurrentLiveStore) {
    const opening = Promise.resolve().then(openLiveStore)
    shared.undercurrentLiveStore = opening
    opening.catch(() => {
      if (shared.undercurrentLiveStore === opening) shared.undercurrentLiveStore = undefined
    })
  }
  return shared.undercurrentLiveStore
}

/** Closes it; the next use opens a new one. */
export async function closeSharedLiveStore(): Promise<void> {
  const closing = shared.undercurrentLiveStore
  shared.undercurrentLiveStore = undefined
  await (await closing)?.close()
}
