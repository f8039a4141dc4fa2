import type { EngineOptions } from './session-model'
import type { HomeHead } from './home-head'
import type { ModelDescription, OpenOptions, OrderedReading, PushResult, SessionCheckpoint, WantedSeconds } from './session-types'

/** What an inference thread is started with. */
export type ThreadData = EngineOptions

/** A call from the engine to a thread; `id` comes back with the answer. */
export type ThreadCall = { id: number; buildingId: string } & (
  | ({ method: 'open' } & OpenOptions)
  | { method: 'push'; readings: readonly OrderedReading[]; wanted?: WantedSeconds }
  | { method: 'checkpoint' }
  | { method: 'setHeads'; heads: readonly HomeHead[] }
  | { method: 'closeBuilding' }
)

export type ThreadReply =
  | { type: 'ready'; model: ModelDescription; replaySeconds: number }
  | { type: 'unusable'; message: string }
  | { type: 'result'; id: number; value: PushResult | SessionCheckpoint | number | undefined }
  | { type: 'failure'; id: number; message: string }
