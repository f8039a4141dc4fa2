import { createHash } from 'node:crypto'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'

/** HiGHS itself stops after this with the best it has; most days take a fraction of it. */
const TIME_LIMIT_SECONDS = 0.9
/** A thread that has not answered by then is ended: loading takes part of it. */
const ANSWER_MILLISECONDS = 15_000
/** Days that are past do not change, so most models of a request were solved before. */
const SOLUTIONS_KEPT = 2_000

const THREAD = 'lib/insights/optimise/highs-thread.mjs'

const replySchema = z.object({
  id: z.number(),
  status: z.string().optional(),
  values: z.array(z.tuple([z.string(), z.number()])).optional(),
  error: z.string().optional(),
})
type Reply = z.infer<typeof replySchema>

export interface Solution {
  /** What is not 0, by name. */
  values: ReadonlyMap<string, number>
  /** Whether nothing better exists; else it is the best that was found in time, and may lack values. */
  isProven: boolean
}

export interface ModelSolver {
  solve(model: string, gap?: number): Promise<Solution>
}

/** Models are long texts: what is remembered is short. */
const keyOf = (model: string) => createHash('sha256').update(model).digest('base64')

const NOTHING_FOUND: Solution = { values: new Map(), isProven: false }

interface Waiting {
  resolve(reply: Reply): void
  reject(error: Error): void
  timer: NodeJS.Timeout
}

/**
 * Solves models in a thread of its own, one after the other, so that a request neither blocks the process nor hangs. The thread
 * starts with the first model and does not keep the process alive.
 */
export class HighsSolver implements ModelSolver {
  private worker: Worker | null = null
  private readonly waiting = new Map<number, Waiting>()
  private queue: Promise<unknown> = Promise.resolve()
  private readonly solved = new Map<string, Promise<Solution>>()
  private nextId = 1

  /** @param timeLimitSeconds of one model */
  constructor(private readonly timeLimitSeconds = TIME_LIMIT_SECONDS) {}

  /**
   * @param model in CPLEX LP format
   * @param gap how far the objective may be from the proven optimum
   * @throws Error where the model has no solution or cannot be read
   */
  solve(model: string, gap = 1e-9): Promise<Solution> {
    const key = keyOf(model)
    const known = this.solved.get(key)
    if (known) return known
    const answer = this.queue.then(() => this.ask(model, gap)).then(({ status, values, error }) => {
      const isProven = status === 'Optimal'
      if ((!isProven && status !== 'Time limit reached') || !values)
        throw new Error(`HiGHS found no optimum: ${error ?? status ?? 'no status'}.`)
      return { values: new Map(values), isProven }
    })
    this.queue = answer.catch(() => {})
    this.solved.set(key, answer)
    // What was not proven in a busy moment may be another time.
    answer.then(({ isProven }) => isProven || this.solved.delete(key), () => this.solved.delete(key))
    const oldest = this.solved.keys().next().value
    if (this.solved.size > SOLUTIONS_KEPT && oldest !== undefined) this.solved.delete(oldest)
    return answer
  }

  /** The same, for a caller that cannot wait longer in all: models that were not begun by then are answered with nothing found. */
  within(seconds: number): ModelSolver {
    const deadline = performance.now() + seconds * 1000
    return {
      solve: async (model, gap) =>
        this.solved.has(keyOf(model)) || performance.now() < deadline ? this.solve(model, gap) : NOTHING_FOUND,
    }
  }

  async close(): Promise<void> {
    const { worker } = this
    this.fail(new Error('The solver was closed.'))
    await worker?.terminate()
  }

  private ask(model: string, gap: number): Promise<Reply> {
    const worker = this.start()
    const id = this.nextId++
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.fail(new Error(`HiGHS did not answer within ${ANSWER_MILLISECONDS / 1000} s.`))
        void worker.terminate()
      }, ANSWER_MILLISECONDS)
      this.waiting.set(id, { resolve, reject, timer })
      worker.postMessage({ id, model, gap, timeLimitSeconds: this.timeLimitSeconds })
    })
  }

  private start(): Worker {
    if (this.worker) return this.worker
    const worker = new Worker(/* turbopackIgnore: true */ path.resolve(THREAD))
    this.worker = worker
    worker.unref()
    worker.on('message', (message: unknown) => {
      const reply = replySchema.parse(message)
      const waiting = this.waiting.get(reply.id)
      if (!waiting) return
      this.waiting.delete(reply.id)
      clearTimeout(waiting.timer)
      waiting.resolve(reply)
    })
    const ended = (error: Error) => this.worker === worker && this.fail(error)
    worker.on('error', (error) => ended(error instanceof Error ? error : new Error(String(error))))
    worker.on('exit', (code) => ended(new Error(`The solver's thread ended with code ${code}.`)))
    return worker
  }

  private fail(error: Error): void {
    this.worker = null
    for (const { reject, timer } of this.waiting.values()) {
      clearTimeout(timer)
      reject(error)
    }
    this.waiting.clear()
  }
}

let shared: HighsSolver | null = null

/** The one solver of this process. */
export function sharedSolver(): HighsSolver {
  return (shared ??= new HighsSolver())
}

export async function closeSharedSolver(): Promise<void> {
  await shared?.close()
  shared = null
}
