import { sampleOf } from '@/lib/simulation/home-sample'
import { createHome } from '@/lib/simulation/home'
import type { SimulatedHomeChoice } from '@/lib/simulation/home-of-building'
import type { ReadingSource } from '@/workers/producer/reading-source'

export interface SimulationOptions extends SimulatedHomeChoice {
  buildingId: string
  startSeconds: number
}

/** A simulated home that goes on for ever. What a second holds depends on the seed and the time only, never on the start. */
export function openSimulation({ buildingId, startSeconds, ...choice }: SimulationOptions): ReadingSource {
  const home = createHome({ ...choice, startTimestampSeconds: startSeconds })
  return {
    startSeconds: home.positionSeconds,
    followsWallClock: true,
    next: async () => sampleOf(buildingId, home.next()),
    skipTo: (timestampSeconds) => home.seek(timestampSeconds),
    problems: () => null,
    close: () => {},
  }
}
