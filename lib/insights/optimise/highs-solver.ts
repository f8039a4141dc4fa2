import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'

/** HiGHS itself stops after this with the best it has; most days take a fraction of it. */
const TIME_LIMIT_SECONDS = 0.9
/** A thread that has not answered by then is ended: loading takes part of it. */
const ANSWER_MILLISECONDS = 15_000

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

export interface SolveOptions {
  /** How far the objective may be from the proven optimum. */
  gap?: number
  /** HiGHS first simplifies a model; where it finds nothing to simplify that only takes time. */
  isPresolved?: boolean
}

export interface ModelSolver {
  /**
   * @param model in CPLEX LP format
   * @throws Error where the model has no solution or cannot be read
   */
  solve(model: string, options?: SolveOptions): Promise<Solution>
}

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
  private nextId = 1

  /** @param timeLimitSeconds of one model */
  constructor(private readonly timeLimitSeconds = TIME_LIMIT_SECONDS) {}

  solve(model: string, options: SolveOptions = {}): Promise<Solution> {
    return this.solveBy(Infinity, model, options)
  }

  /** The same, for a caller that cannot wait longer in all: what is not solved by then is answered with nothing found. */
  within(seconds: number): ModelSolver {
    const deadline = performance.now() + seconds * 1000
    return { solve: (model, options = {}) => this.solveBy(deadline, model, options) }
  }

  private async solveBy(deadline: number, model: string, options: SolveOptions): Promise<Solution> {
    const secondsLeft = () => (deadline - performance.now()) / 1000
    if (secondsLeft() <= 0) return NOTHING_FOUND
    const answer = this.queue.then(() => this.ask(model, options, secondsLeft()))
    this.queue = answer.catch(() => {})
    return deadline === Infinity ? answer : Promise.race([answer, nothingAfter(secondsLeft())])
  }

  async close(): Promise<void> {
    const { worker } = this
    this.fail(new Error('The solver was closed.'))
    await worker?.terminate()
  }

  private async ask(model: string, { gap = 1e-9, isPresolved = true }: SolveOptions, secondsLeft: number): Promise<Solution> {
    // Whoever asked does not wait any more.
    if (secondsLeft <= 0) return NOTHING_FOUND
    const worker = this.start()
    const id = this.nextId++
    const { status, values, error } = await new Promise<Reply>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.fail(new Error(`HiGHS did not answer within ${ANSWER_MILLISECONDS / 1000} s.`))
        void worker.terminate()
      }, ANSWER_MILLISECONDS)
      this.waiting.set(id, { resolve, reject, timer })
      worker.postMessage({ id, model, gap, isPresolved, timeLimitSeconds: Math.min(this.timeLimitSeconds, secondsLeft) })
    })
    const isProven = status === 'Optimal'
    if ((!isProven && status !== 'Time limit reached') || !values)
      throw new Error(`HiGHS found no optimum: ${error ?? status ?? 'no status'}.`)
    return { values: new Map(values), isProven }
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

function nothingAfter(seconds: number): Promise<Solution> {
  return new Promise((resolve) => setTimeout(() => resolve(NOTHING_FOUND), seconds * 1000).unref())
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
