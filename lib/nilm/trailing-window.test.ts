import { describe, expect, it } from 'vitest'
import { householdPowers } from './testing/recordings'
import { TrailingWindow } from './trailing-window'

const SHORT = 7
const LONG = 50

/** The last `steps` values at an index; the first value before the start. */
function lastOf(values: readonly number[], index: number, steps: number): number[] {
  return Array.from({ length: steps }, (_, back) => values[Math.max(0, index - back)]!)
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

describe('TrailingWindow', () => {
  const watts = householdPowers(400).map((power, i) => power + (i % 60 === 0 ? 2000.3 : 0) - (i % 90 === 5 ? 1500.6 : 0))

  it('has the lowest, mean and spread of the last steps', () => {
    const trailing = new TrailingWindow(SHORT, LONG)
    for (const [i, power] of watts.entries()) {
      const { shortMinimum, longMinimum, mean, spread } = trailing.add(power)
      expect(shortMinimum).toBe(Math.min(...lastOf(watts, i, SHORT)))
      expect(longMinimum).toBe(Math.min(...lastOf(watts, i, LONG)))
      const whole = lastOf(watts, i, LONG).map((value) => Math.round(value))
      expect(mean).toBeCloseTo(meanOf(whole), 9)
      expect(spread).toBeCloseTo(Math.sqrt(meanOf(whole.map((value) => (value - meanOf(whole)) ** 2))), 6)
    }
  })

  it('has the same bits wherever it began, once the stretch is full', () => {
    const early = new TrailingWindow(SHORT, LONG)
    const late = new TrailingWindow(SHORT, LONG)
    for (const power of [1e6, -1e6, 123.4]) early.add(power)
    for (const [i, power] of watts.entries()) {
      const one = early.add(power)
      const other = late.add(power)
      if (i >= LONG) expect(one).toEqual(other)
    }
  })

  it('forgets the past', () => {
    const trailing = new TrailingWindow(SHORT, LONG)
    for (const power of watts) trailing.add(power)
    trailing.reset()
    expect(trailing.add(40)).toEqual({ shortMinimum: 40, longMinimum: 40, mean: 40, spread: 0 })
  })
})
