import { setImmediate as nextTurn } from 'node:timers/promises'

/** A weighted problem of `count` rows; `features` is row-major [count, width]. */
export interface LogisticProblem {
  width: number
  features: Float32Array
  /** Added to each row's logit as it is. */
  offsets: Float64Array
  /** Wanted probabilities, 0..1; not only 0 and 1. */
  targets: Float64Array
  weights: Float64Array
  /** L2 penalty on the coefficients: penalty / 2 * |coefficients|^2. */
  penalty: number
  /** The same for the intercept, small but above 0, so that the minimum is unique and finite. */
  interceptPenalty: number
}

export interface LogisticSolution {
  coefficients: Float64Array
  intercept: number
  iterations: number
}

const MEMORY = 10
const MOST_ITERATIONS = 200
/** Of the gradient at no change; decisions do not depend on more digits. */
const RELATIVE_GRADIENT = 1e-4
/** Armijo's share of the decrease that the slope promises. */
const SUFFICIENT_DECREASE = 1e-4

/**
 * Minimises sum_i w_i * (log(1 + e^z_i) - y_i z_i) + penalties with z_i = offset_i + x_i . b + b0 by L-BFGS with backtracking
 * (Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 7.5). The problem is strictly convex, so the minimum is one.
 * Takes seconds for large problems, but never keeps timers waiting.
 */
export async function solveLogistic(problem: LogisticProblem): Promise<LogisticSolution> {
  const size = problem.width + 1
  let point = new Float64Array(size)
  let { value, gradient } = evaluate(problem, point)
  const enough = RELATIVE_GRADIENT * Math.max(1, norm(gradient))
  const steps: { step: Float64Array; change: Float64Array; scale: number }[] = []
  let iterations = 0
  for (; iterations < MOST_ITERATIONS && norm(gradient) > enough; iterations++) {
    await nextTurn()
    const direction = descent(gradient, steps)
    const slope = dot(direction, gradient)
    let length = 1
    let next = moved(point, direction, length)
    let at = evaluate(problem, next)
    while (at.value > value + SUFFICIENT_DECREASE * length * slope && length > 1e-10) {
      length /= 2
      next = moved(point, direction, length)
      at = evaluate(problem, next)
    }
    if (at.value >= value) break
    const step = moved(next, point, -1)
    const change = moved(at.gradient, gradient, -1)
    const curvature = dot(step, change)
    if (curvature > 0) steps.push({ step, change, scale: 1 / curvature })
    if (steps.length > MEMORY) steps.shift()
    point = next
    value = at.value
    gradient = at.gradient
  }
  return { coefficients: point.slice(0, problem.width), intercept: point[problem.width]!, iterations }
}

function evaluate(problem: LogisticProblem, point: Float64Array): { value: number; gradient: Float64Array } {
  const { width, features, offsets, targets, weights, penalty, interceptPenalty } = problem
  const gradient = new Float64Array(width + 1)
  const intercept = point[width]!
  let value = (interceptPenalty / 2) * intercept * intercept
  gradient[width] = interceptPenalty * intercept
  for (let i = 0; i < width; i++) {
    value += (penalty / 2) * point[i]! * point[i]!
    gradient[i] = penalty * point[i]!
  }
  for (let row = 0, start = 0; row < offsets.length; row++, start += width) {
    let logit = offsets[row]! + intercept
    for (let i = 0; i < width; i++) logit += point[i]! * features[start + i]!
    const softplus = logit > 0 ? logit + Math.log1p(Math.exp(-logit)) : Math.log1p(Math.exp(logit))
    value += weights[row]! * (softplus - targets[row]! * logit)
    const residual = weights[row]! * (1 / (1 + Math.exp(-logit)) - targets[row]!)
    for (let i = 0; i < width; i++) gradient[i]! += residual * features[start + i]!
    gradient[width]! += residual
  }
  return { value, gradient }
}

/** The two-loop recursion: minus the inverse Hessian, as the last steps show it, times the gradient. */
function descent(gradient: Float64Array, steps: readonly { step: Float64Array; change: Float64Array; scale: number }[]) {
  const direction = gradient.map((value) => -value)
  const shares: number[] = []
  for (let i = steps.length - 1; i >= 0; i--) {
    const { step, change, scale } = steps[i]!
    shares[i] = scale * dot(step, direction)
    addTo(direction, change, -shares[i]!)
  }
  const last = steps.at(-1)
  // Without a step yet, one of length 1 at most.
  const first = last ? 1 / (last.scale * dot(last.change, last.change)) : 1 / Math.max(1, norm(gradient))
  for (let i = 0; i < direction.length; i++) direction[i]! *= first
  for (const [i, { step, change, scale }] of steps.entries()) {
    addTo(direction, step, shares[i]! - scale * dot(change, direction))
  }
  return direction
}

function moved(from: Float64Array, along: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const result = new Float64Array(from.length)
  for (let i = 0; i < from.length; i++) result[i] = from[i]! + length * along[i]!
  return result
}

function addTo(target: Float64Array, values: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += factor * values[i]!
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

const norm = (values: Float64Array) => Math.sqrt(dot(values, values))
