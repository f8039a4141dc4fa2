import { describe, expect, it } from 'vitest'
import { projectPowers } from './power-projection'
import { randomSequence } from './testing/recordings'

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)

describe('projectPowers', () => {
  it('leaves estimates alone that fit the meter', () => {
    expect(projectPowers([100, 0, 50], [0.1, 0, 0.9], 150)).toEqual([100, 0, 50])
  })

  it('never exceeds the total, not by the last digit, and never goes below zero', () => {
    const random = randomSequence(5)
    for (let trial = 0; trial < 20_000; trial++) {
      const watts = Array.from({ length: 11 }, () => (random() < 0.5 ? 0 : 4000 * random() ** 3))
      const certainties = watts.map(() => (random() < 0.1 ? 1 : random()))
      const total = random() < 0.1 ? -100 : 5000 * random()
      const projected = projectPowers(watts, certainties, total)
      expect(sum(projected)).toBeLessThanOrEqual(Math.max(total, 0))
      expect(projected.every((value, i) => value >= 0 && value <= watts[i]!)).toBe(true)
    }
  })

  it('uses up the total where the estimates exceed it', () => {
    expect(sum(projectPowers([2000, 800, 90], [0.9, 0.2, 0.5], 1500))).toBeCloseTo(1500, 9)
  })

  it('takes the larger share from the less certain, to zero first', () => {
    const [certain, uncertain] = projectPowers([1000, 1000], [0.9, 0.1], 1800)
    expect(certain! / 1000).toBeGreaterThan(uncertain! / 1000)
    const [kept, gone] = projectPowers([1000, 1000], [1, 0], 500)
    expect(gone).toBe(0)
    expect(kept).toBeCloseTo(500, 9)
  })

  it('is the optimum of the documented least-squares problem', () => {
    const watts = [700, 300, 1200, 50]
    const certainties = [0.3, 0.9, 0.6, 0]
    const cost = (x: number[]) => sum(x.map((value, i) => (value - watts[i]!) ** 2 / (watts[i]! * (1.05 - certainties[i]!))))
    const best = projectPowers(watts, certainties, 1000)
    const random = randomSequence(9)
    for (let trial = 0; trial < 2000; trial++) {
      const other = best.map((value) => Math.max(0, value + 40 * (random() - 0.5)))
      const scale = Math.min(1, 1000 / sum(other))
      expect(cost(other.map((value) => value * scale))).toBeGreaterThanOrEqual(cost(best) - 1e-9)
    }
  })

  it('gives nothing to anybody while the building exports', () => {
    expect(projectPowers([100, 2000], [1, 0.5], -300)).toEqual([0, 0])
  })
})
