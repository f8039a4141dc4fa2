export interface WeightedExample {
  columns: Float64Array
  answer: number
  weight: number
}

/** Errors below this, in the answers' unit, count alike. */
const SMALLEST_ERROR = 0.05

/**
 * Coefficients of least absolute errors by iteratively reweighted least squares, with a ridge penalty.
 * @param examples answers in units of about their usual size
 * @param penaltyOf by column
 * @param from coefficients to begin with
 */
export function leastAbsoluteFit(
  examples: readonly WeightedExample[],
  penaltyOf: (column: number) => number,
  { rounds, from = null }: { rounds: number; from?: Float64Array | null },
): Float64Array {
  const width = examples[0]?.columns.length ?? 0
  let coefficients = from
  for (let round = 0; round < rounds; round++) {
    const gram = new Float64Array(width * width)
    const moment = new Float64Array(width)
    for (const { columns, answer, weight } of examples) {
      const off = coefficients ? Math.abs(answer - dot(coefficients, columns)) : 1
      const counted = weight / Math.max(off, SMALLEST_ERROR)
      for (let i = 0; i < width; i++) {
        const value = counted * columns[i]!
        if (value === 0) continue
        moment[i]! += value * answer
        for (let j = 0; j <= i; j++) gram[i * width + j]! += value * columns[j]!
      }
    }
    coefficients = solve(gram, moment, penaltyOf)
  }
  return coefficients ?? new Float64Array(width)
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

/** (gram + penalty) w = moment by Cholesky. */
function solve(gram: Float64Array, moment: Float64Array, penaltyOf: (column: number) => number): Float64Array {
  const width = moment.length
  const factor = new Float64Array(gram)
  for (let i = 0; i < width; i++) factor[i * width + i]! += penaltyOf(i)
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = factor[i * width + j]!
      for (let k = 0; k < j; k++) sum -= factor[i * width + k]! * factor[j * width + k]!
      factor[i * width + j] = i === j ? Math.sqrt(Math.max(sum, 1e-9)) : sum / factor[j * width + j]!
    }
  }
  const solution = Float64Array.from(moment)
  for (let i = 0; i < width; i++) {
    for (let k = 0; k < i; k++) solution[i]! -= factor[i * width + k]! * solution[k]!
    solution[i]! /= factor[i * width + i]!
  }
  for (let i = width - 1; i >= 0; i--) {
    for (let k = i + 1; k < width; k++) solution[i]! -= factor[k * width + i]! * solution[k]!
    solution[i]! /= factor[i * width + i]!
  }
  return solution
}
