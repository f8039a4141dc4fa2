import { expect, it } from 'vitest'
import { retryDelayMilliseconds } from './live-connection'

it('tries again soon, then ever more rarely, but at least every 20 seconds', () => {
  expect(retryDelayMilliseconds(0, 1)).toBe(500)
  expect(retryDelayMilliseconds(3, 1)).toBe(4000)
  expect(retryDelayMilliseconds(50, 1)).toBe(20_000)
})

it('spreads clients over half the delay and never hammers', () => {
  expect(retryDelayMilliseconds(50, 0)).toBe(10_000)
  expect(retryDelayMilliseconds(0, 0)).toBe(250)
})
