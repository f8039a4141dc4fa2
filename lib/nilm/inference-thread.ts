// Entry of an inference thread: one engine, driven by the messages of threaded-engine.ts.
import { parentPort, workerData } from 'node:worker_threads'
import { createInProcessEngine } from './in-process-engine'
import type { DisaggregationEngine } from './session-types'
import type { ThreadCall, ThreadData, ThreadReply } from './thread-messages'

if (!parentPort) throw new Error('inference-thread runs as a worker thread only.')
const port = parentPort
const reply = (message: ThreadReply) => port.postMessage(message)
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

function answer(engine: DisaggregationEngine, call: ThreadCall) {
  switch (call.method) {
    case 'open':
      return engine.open(call.buildingId, { checkpoint: call.checkpoint, history: call.history, heads: call.heads })
    case 'push':
      return engine.push(call.buildingId, call.readings, call.wanted)
    case 'checkpoint':
      return engine.checkpoint(call.buildingId)
    case 'setHeads':
      return engine.setHeads(call.buildingId, call.heads)
    case 'closeBuilding':
      return engine.closeBuilding(call.buildingId)
  }
}

try {
  const engine = await createInProcessEngine(workerData as ThreadData)
  port.on('message', (call: ThreadCall) => {
    answer(engine, call).then(
      (value) => reply({ type: 'result', id: call.id, value: value ?? undefined }),
      (error: unknown) => reply({ type: 'failure', id: call.id, message: messageOf(error) }),
    )
  })
  reply({ type: 'ready', model: engine.model, replaySeconds: engine.replaySeconds })
} catch (error) {
  reply({ type: 'unusable', message: messageOf(error) })
}
