import { describe, expect, it } from 'vitest'
import { randomSequence } from '../testing/recordings'
import { solveLogistic, type LogisticProblem, type LogisticSolution } from './logistic-regression'

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

function problem(changes: Partial<LogisticProblem> & Pick<LogisticProblem, 'width' | 'features' | 'targets'>): LogisticProblem {
  const count = changes.targets.length
  return {
    offsets: new Float64Array(count),
    weights: new Float64Array(count).fill(1),
    penalty: 1e-9,
    interceptPenalty: 1e-9,
    ...changes,
  }
}

describe('solveLogistic', () => {
  it('finds the closed solution of two groups: the logits of their shares', async () => {
    const features = Float32Array.from({ length: 10 }, (_, i) => Number(i >= 5))
    const targets = Float64Array.from([1, 0, 0, 0, 0, 1, 1, 1, 0, 0])
    const solution = await solveLogistic(problem({ width: 1, features, targets }))
    const logit = (share: number) => Math.log(share / (1 - share))
    expect(solution.intercept).toBeCloseTo(logit(0.2), 3)
    expect(solution.intercept + solution.coefficients[0]!).toBeCloseTo(logit(0.6), 3)
  })

  it('stands where the gradient of the penalised likelihood is zero, with offsets, weights and soft targets', async () => {
    const random = randomSequence(11)
    const [width, count] = [12, 400]
    const given = problem({
      width,
      features: Float32Array.from({ length: width * count }, () => random() - 0.5),
      targets: Float64Array.from({ length: count }, () => random()),
      offsets: Float64Array.from({ length: count }, () => 4 * random() - 2),
      weights: Float64Array.from({ length: count }, () => random()),
      penalty: 0.7,
      interceptPenalty: 0.1,
    })
    const solution = await solveLogistic(given)
    const gradient = Array.from(solution.coefficients, (value) => given.penalty * value)
    for (let row = 0; row < count; row++) {
      const residual = given.weights[row]! * (sigmoid(given.offsets[row]! + logitOf(solution, given.features, row)) - given.targets[row]!)
      for (let i = 0; i < width; i++) gradient[i]! += residual * given.features[row * width + i]!
    }
    expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(0.01)
  })

  it('changes nothing where the offsets are right already', async () => {
    const random = randomSequence(5)
    const offsets = Float64Array.from({ length: 50 }, () => 6 * random() - 3)
    const features = Float32Array.from({ length: 100 }, () => random())
    const solution = await solveLogistic(problem({ width: 2, features, offsets, targets: offsets.map(sigmoid), penalty: 0.1 }))
    expect([...solution.coefficients, solution.intercept].every((value) => Math.abs(value) < 1e-6)).toBe(true)
  })
})

/** Logit of one row of a feature matrix. */
function logitOf({ coefficients, intercept }: LogisticSolution, features: Float32Array, row: number): number {
  let sum = intercept
  const start = row * coefficients.length
  for (let i = 0; i < coefficients.length; i++) sum += coefficients[i]! * features[start + i]!
  return sum
}
