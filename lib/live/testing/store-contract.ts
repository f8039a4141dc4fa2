import type { it } from 'vitest'
import type { LiveStore } from '@/lib/live/live-store'
import { TEST_SHARD_COUNT } from '@/lib/live/testing/live-data'

export const WINDOW_SECONDS = 60
export const STRAY_MILLISECONDS = 400

/** How the stores under test are opened. */
export const TEST_OPTIONS = {
  shardCount: TEST_SHARD_COUNT,
  windowSeconds: WINDOW_SECONDS,
  strayAfterMilliseconds: STRAY_MILLISECONDS,
}

/** One contract for every adapter. */
export interface Contract {
  test: ReturnType<typeof it.skipIf>
  store(): LiveStore
  /** Another process's view of the same server, closed when the test ends. */
  another(): LiveStore
}
