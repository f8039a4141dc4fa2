import { sampleOf } from '@/lib/simulation/home-sample'
import { createHome } from '@/lib/simulation/home'
import type { ReadingSource } from '@/workers/producer/reading-source'

export interface SimulationOptions {
  buildingId: string
  seed: number
  timeZone: string
  startSeconds: number
}

/** A simulated home that goes on for ever. What a second holds depends on the seed and the time only, never on the start. */
export function openSimulation({ buildingId, seed, timeZone, startSeconds }: SimulationOptions): ReadingSource {
  const home = createHome({ seed, timeZone, startTimestampSeconds: startSeconds })
  return {
    startSeconds: home.positionSeconds,
    followsWallClock: true,
    next: async () => sampleOf(buildingId, home.next()),
    skipTo: (timestampSeconds) => home.seek(timestampSeconds),
    problems: () => null,
    close: () => {},
  }
}
