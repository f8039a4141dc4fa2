import { Worker } from 'node:worker_threads'
import type { ModelDescription } from './session-types'
import type { ThreadCall, ThreadData, ThreadReply } from './thread-messages'

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never
type Value = Extract<ThreadReply, { type: 'result' }>['value']
interface Waiting {
  resolve: (value: Value) => void
  reject: (error: Error) => void
}

export interface ReadyThread {
  model: ModelDescription
  replaySeconds: number
}

/** One inference thread seen from outside. A thread that ends rejects the calls it owed and every later one. */
export class InferenceThreadClient {
  readonly ready: Promise<ReadyThread>
  private readonly worker: Worker
  private readonly waiting = new Map<number, Waiting>()
  private nextId = 1
  private ended: Error | null = null

  constructor(
    file: string,
    data: ThreadData,
    private readonly label: string,
    private readonly onEnded: (error: Error) => void = () => {},
  ) {
    this.worker = new Worker(file, { workerData: data })
    this.ready = new Promise((resolve, reject) => {
      this.worker.on('message', (reply: ThreadReply) => {
        if (reply.type === 'ready') resolve({ model: reply.model, replaySeconds: reply.replaySeconds })
        else if (reply.type === 'unusable') this.end(new Error(reply.message), reject)
        else this.settle(reply)
      })
      this.worker.on('error', (error) => this.fail(this.stopped(error instanceof Error ? error.message : String(error)), reject))
      this.worker.on('exit', (code) => this.fail(this.stopped(`exit code ${code}`), reject))
    })
  }

  call(call: WithoutId<ThreadCall>): Promise<Value> {
    if (this.ended) return Promise.reject(this.ended)
    const id = this.nextId++
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
      this.worker.postMessage({ ...call, id })
    })
  }

  async close(): Promise<void> {
    this.end(new Error(`${this.label} is closed.`), () => {})
    await this.worker.terminate()
  }

  private settle(reply: Extract<ThreadReply, { id: number }>): void {
    const waiting = this.waiting.get(reply.id)
    this.waiting.delete(reply.id)
    if (reply.type === 'result') waiting?.resolve(reply.value)
    else waiting?.reject(new Error(reply.message))
  }

  /** It ended by itself, which whoever uses it has to know: nothing it does will work any more. */
  private fail(error: Error, rejectReady: (error: Error) => void): void {
    if (!this.ended) this.onEnded(error)
    this.end(error, rejectReady)
  }

  private end(error: Error, rejectReady: (error: Error) => void): void {
    this.ended ??= error
    rejectReady(this.ended)
    for (const { reject } of this.waiting.values()) reject(this.ended)
    this.waiting.clear()
  }

  private stopped(reason: string): Error {
    return new Error(`${this.label} stopped (${reason}); its buildings must be opened again in a new engine.`)
  }
}
