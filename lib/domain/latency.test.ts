import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addLatencies, LATENCY_BOUNDS_SECONDS, latenciesSince, NO_LATENCIES, quantileSeconds, type Latencies } from './latency'

/** Counts durations as the application's histograms do. */
function counted(durations: readonly number[]): Latencies {
  const buckets = [...NO_LATENCIES.buckets]
  for (const seconds of durations) {
    const index = LATENCY_BOUNDS_SECONDS.findIndex((bound) => seconds <= bound)
    const at = index < 0 ? LATENCY_BOUNDS_SECONDS.length : index
    buckets[at] = (buckets[at] ?? 0) + 1
  }
  return { count: durations.length, totalSeconds: durations.reduce((sum, seconds) => sum + seconds, 0), buckets }
}

const durations = fc.array(fc.double({ min: 0.0001, max: 9.9, noNaN: true }), { minLength: 1, maxLength: 200 })

it('says nothing of durations where there were none', () => {
  expect(quantileSeconds(NO_LATENCIES, 0.95)).toBeNull()
})

it('finds a quantile in the bucket in which it truly lies', () => {
  fc.assert(
    fc.property(durations, fc.double({ min: 0.01, max: 1, noNaN: true }), (all, share) => {
      const sorted = all.toSorted((a, b) => a - b)
      const truth = sorted[Math.max(0, Math.ceil(share * all.length) - 1)] ?? NaN
      const found = quantileSeconds(counted(all), share) ?? NaN
      const upper = LATENCY_BOUNDS_SECONDS.find((bound) => truth <= bound) ?? NaN
      const lower = LATENCY_BOUNDS_SECONDS.findLast((bound) => bound < truth) ?? 0
      expect(found).toBeGreaterThanOrEqual(lower)
      expect(found).toBeLessThanOrEqual(upper + 1e-9)
    }),
  )
})

it('gives the last bound for what took longer than all of them', () => {
  expect(quantileSeconds(counted([42, 42, 42]), 0.95)).toBe(10)
})

it('takes apart what it put together', () => {
  fc.assert(
    fc.property(durations, durations, (before, later) => {
      const since = latenciesSince(addLatencies([counted(before), counted(later)]), counted(before))
      expect(since.count).toBe(later.length)
      expect(since.buckets).toEqual(counted(later).buckets)
      expect(since.totalSeconds).toBeCloseTo(counted(later).totalSeconds, 6)
    }),
  )
})

it('takes all that a counter says which began anew', () => {
  expect(latenciesSince(counted([0.1]), counted([0.1, 0.2, 0.3]))).toEqual(counted([0.1]))
})
