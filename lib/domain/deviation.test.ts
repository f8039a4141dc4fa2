import { expect, it } from 'vitest'
import { deviationPercent } from './deviation'

it.each([
  [150, 100, 50],
  [50, 100, -50],
  // Fed in less than expected.
  [-1, -4, 75],
  [-6, -4, -50],
  [2.5, 0, 100],
  [-2.5, 0, -100],
  [0, 0, 0],
])('%d against %d deviates by %d %%', (value, expected, percent) => {
  expect(deviationPercent(value, expected)).toBeCloseTo(percent)
})
