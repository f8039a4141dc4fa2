export type PartState = 'ok' | 'degraded' | 'down'

export interface PartHealth {
  state: PartState
  /** For a person: what is the matter and what to do; absent while all is well. */
  detail?: string
}

/** A minute of 1 Hz readings per building waiting to be stored is more than a restart leaves behind. */
const BACKLOG_SECONDS_PER_BUILDING = 60

/** Whether readings are turned into results, judged by who has announced itself and by what waits. */
export function workerHealth(seen: { liveWorkers: number; unacknowledgedSamples: number; buildings: number }): PartHealth {
  if (seen.liveWorkers === 0) {
    return { state: 'down', detail: 'No inference worker is running: readings wait and nothing is estimated. Start one.' }
  }
  if (seen.unacknowledgedSamples > BACKLOG_SECONDS_PER_BUILDING * Math.max(1, seen.buildings)) {
    return {
      state: 'degraded',
      detail: `${seen.unacknowledgedSamples} readings wait to be processed. If the number grows, start another inference worker.`,
    }
  }
  return { state: 'ok' }
}

/** The whole is down when what every request needs is down; anything else that is wrong degrades it. */
export function overallState(parts: { essential: readonly PartHealth[]; others: readonly PartHealth[] }): PartState {
  if (parts.essential.some((part) => part.state === 'down')) return 'down'
  return [...parts.essential, ...parts.others].every((part) => part.state === 'ok') ? 'ok' : 'degraded'
}
