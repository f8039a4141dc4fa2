import type { Sample } from '@/lib/contracts/sample'
import type { LiveStore } from '@/lib/live/live-store'
import { inputMessageOf } from '@/lib/simulation/home-sample'

/** Puts samples into the durable stream, or publishes each as a meter outside would. */
export function transportTo(store: LiveStore, transport: 'stream' | 'pubsub'): (samples: readonly Sample[]) => Promise<void> {
  if (transport === 'stream') return (samples) => store.append(samples)
  // A batch is tried again from the first message that failed, so that what was published is not published twice.
  let published: { batch: readonly Sample[]; count: number } | null = null
  return async (samples) => {
    if (published?.batch !== samples) published = { batch: samples, count: 0 }
    for (const sample of samples.slice(published.count)) {
      await store.publishInput(sample.buildingId, JSON.stringify(inputMessageOf(sample)))
      published.count += 1
    }
  }
}
