import { BuildingSession } from '../building-session'
import type { SessionModel } from '../session-model'
import type { ActivationEstimate, MinuteEstimate, OrderedReading, SecondEstimate } from '../session-types'

export interface Pushed {
  provisional: SecondEstimate[]
  final: SecondEstimate[]
  /** Every row as it was reported. */
  minutes: MinuteEstimate[]
  activations: ActivationEstimate[]
  /** What a reader has who lets later rows replace earlier ones; oldest first. */
  lastMinutes: MinuteEstimate[]
  lastActivations: ActivationEstimate[]
}

/** Runs a recording through a new session in pushes of `size` readings. */
export async function pushAll(model: SessionModel, readings: readonly OrderedReading[], size: number): Promise<Pushed> {
  const session = new BuildingSession(model)
  const pushed: Pushed = { provisional: [], final: [], minutes: [], activations: [], lastMinutes: [], lastActivations: [] }
  for (let start = 0; start < readings.length; start += size) {
    const result = await session.push(readings.slice(start, start + size))
    pushed.provisional.push(...result.provisional)
    pushed.final.push(...result.final)
    pushed.minutes.push(...result.minutes)
    pushed.activations.push(...result.activations)
  }
  session.close()
  const minutes = new Map(pushed.minutes.map((minute) => [minute.minuteSeconds, minute]))
  const runs = new Map(pushed.activations.map((run) => [`${run.startedAtSeconds} ${run.appliance}`, run]))
  pushed.lastMinutes = [...minutes.values()].sort((a, b) => a.minuteSeconds - b.minuteSeconds)
  pushed.lastActivations = [...runs.entries()].sort(([a], [b]) => a.localeCompare(b)).map(([, run]) => run)
  return pushed
}
