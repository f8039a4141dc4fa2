import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { InferenceThreadClient } from './inference-thread-client'
import type { EngineOptions } from './session-model'
import type { DisaggregationEngine, PushResult, SessionCheckpoint } from './session-types'

export interface ThreadedEngineOptions extends EngineOptions {
  /** Threads, each with its own copy of the model and its share of the buildings. */
  threads: number
  /** The bundled inference-thread.ts; by default where scripts/bundle.mjs puts it. */
  threadFile?: string
  /** A thread ended by itself: its buildings' calls are rejected from now on, and this engine should be replaced. */
  onEnded?: (error: Error) => void
}

/**
 * Runs sessions in worker threads, so that inference blocks nobody. A building always goes to the same thread.
 * @throws Error where the bundle is missing; see loadSessionModel for the rest
 */
export async function createThreadedEngine(options: ThreadedEngineOptions): Promise<DisaggregationEngine> {
  const { threads, threadFile = path.resolve('.build/lib/nilm/inference-thread.mjs'), onEnded, ...data } = options
  if (!existsSync(threadFile)) throw new Error(`There is no ${threadFile}; start the process with npm, which makes it.`)
  const clients = Array.from({ length: threads }, (_, i) => {
    return new InferenceThreadClient(threadFile, data, `Inference thread ${i + 1} of ${threads}`, onEnded)
  })
  const closeAll = () => Promise.all(clients.map((client) => client.close()))
  const [first] = await Promise.all(clients.map((client) => client.ready)).catch(async (error: unknown) => {
    await closeAll()
    throw error
  })
  if (!first) throw new Error('The engine needs at least one thread.')
  const threadOf = (buildingId: string) => clients[hash(buildingId) % clients.length]!

  return {
    model: first.model,
    replaySeconds: first.replaySeconds,
    async open(buildingId, { checkpoint, history, heads } = {}) {
      await threadOf(buildingId).call({ method: 'open', buildingId, checkpoint, history, heads })
    },
    async push(buildingId, readings, wanted) {
      return (await threadOf(buildingId).call({ method: 'push', buildingId, readings, wanted })) as PushResult
    },
    async checkpoint(buildingId) {
      return (await threadOf(buildingId).call({ method: 'checkpoint', buildingId })) as SessionCheckpoint
    },
    async setHeads(buildingId, heads) {
      return (await threadOf(buildingId).call({ method: 'setHeads', buildingId, heads })) as number
    },
    async closeBuilding(buildingId) {
      await threadOf(buildingId).call({ method: 'closeBuilding', buildingId })
    },
    async close() {
      await closeAll()
    },
  }
}

function hash(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0)
}
