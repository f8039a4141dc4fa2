import type { EngineOptions } from './session-model'
import type { ModelDescription, OrderedReading, PushResult, SessionCheckpoint, WantedSeconds } from './session-types'

/** What an inference thread is started with. */
export type ThreadData = EngineOptions

/** A call from the engine to a thread; `id` comes back with the answer. */
export type ThreadCall = { id: number; buildingId: string } & (
  | { method: 'open'; checkpoint?: SessionCheckpoint; history?: readonly OrderedReading[] }
  | { method: 'push'; readings: readonly OrderedReading[]; wanted?: WantedSeconds }
  | { method: 'checkpoint' }
  | { method: 'closeBuilding' }
)

export type ThreadReply =
  | { type: 'ready'; model: ModelDescription; replaySeconds: number }
  | { type: 'unusable'; message: string }
  | { type: 'result'; id: number; value: PushResult | SessionCheckpoint | undefined }
  | { type: 'failure'; id: number; message: string }
