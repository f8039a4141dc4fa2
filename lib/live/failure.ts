/** Why something failed, in words. A refused connection to a name with two addresses has an empty message of its own. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0])
  if (!(error instanceof Error)) return String(error)
  return error.message || (error as NodeJS.ErrnoException).code || error.name
}

/**
 * Rejects with `message()` when the promise takes longer than `milliseconds`. What the promise does later is ignored.
 */
export function withDeadline<Result>(promise: Promise<Result>, milliseconds: number, message: () => string): Promise<Result> {
  return new Promise((resolve, reject) => {
    let settled = false
    // A process that was busy sees its timers before the answers that arrived meanwhile: those get one more turn.
    const timer = setTimeout(() => setImmediate(() => settled || reject(new Error(message()))), milliseconds)
    promise.then(resolve, reject).finally(() => {
      settled = true
      clearTimeout(timer)
    })
  })
}

/** Milliseconds before the n-th attempt (from 1) to connect again: 50, 100 ... 2,000, spread so that clients keep out of step. */
export function retryDelay(attempt: number): number {
  return Math.min(50 * 2 ** Math.min(attempt - 1, 10), 2_000) * (0.75 + Math.random() / 2)
}
