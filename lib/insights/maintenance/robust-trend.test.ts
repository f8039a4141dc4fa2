import { describe, expect, it } from 'vitest'
import { robustTrend } from './robust-trend'

const points = (values: readonly number[]) => values.map((value, week) => ({ week, value }))

describe('a robust trend', () => {
  it('finds a line and is not moved by two wild points', () => {
    const values = Array.from({ length: 12 }, (_, week) => 3 + 0.5 * week)
    values[4] = 100
    values[9] = -100
    const { slope, level, pRising } = robustTrend(points(values), 0)
    expect(slope).toBeCloseTo(0.5, 1)
    expect(level).toBeCloseTo(8.5, 0)
    expect(pRising).toBeLessThan(0.05)
  })

  it('counts weeks, not points, where some are missing', () => {
    const { slope } = robustTrend([0, 1, 5, 6, 9].map((week) => ({ week, value: 2 * week })), 0)
    expect(slope).toBeCloseTo(2, 9)
  })

  it('has an interval that holds the slope and widens with noise', () => {
    const quiet = robustTrend(points([1, 2.1, 2.9, 4, 5.1, 5.9, 7, 8.1]), 0)
    const noisy = robustTrend(points([1, 4, 1.5, 5, 3, 7, 4.5, 8]), 0)
    expect(quiet.slopeLow).toBeLessThan(1)
    expect(quiet.slopeHigh).toBeGreaterThan(1)
    expect(noisy.slopeHigh - noisy.slopeLow).toBeGreaterThan(quiet.slopeHigh - quiet.slopeLow)
  })

  it('gives the exact z of Mann and Kendall for a monotonous series', () => {
    // n = 10: S = 45, variance 125, z = 44 / sqrt(125) = 3.935, one-sided 4.15e-5.
    const { pRising } = robustTrend(points([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), 0)
    expect(pRising).toBeCloseTo(4.15e-5, 6)
  })
})
