import { expect, it } from 'vitest'
import type { ProcessSample } from '@/lib/contracts/processes'
import { performancePoints, type TimedSample } from './performance-points'

const QUIET: ProcessSample = {
  seconds: 5,
  cpuShare: 0,
  memoryBytes: 100,
  requests: null,
  failures: 0,
  inference: null,
  commits: null,
  databaseSeconds: null,
  liveStoreSeconds: null,
}

const at = (processId: string, kind: string, time: number, sample: Partial<ProcessSample>): TimedSample => {
  return { processId, kind, at: time, sample: { ...QUIET, ...sample } }
}

/** So many, all in the bucket up to 10 ms. */
const quick = (count: number) => ({ count, totalSeconds: count / 200, buckets: [0, count, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] })

it('adds up the rates of all web processes, each over the time it measured', () => {
  const [point] = performancePoints(
    [
      at('a', 'web', 1002, { requests: quick(10), failures: 5 }),
      at('a', 'web', 1007, { requests: quick(20) }),
      at('b', 'web', 1004, { requests: quick(50), seconds: 10 }),
      at('w', 'inference', 1004, { inference: quick(5), cpuShare: 1 }),
    ],
    1000,
    1010,
    10,
  )
  expect(point).toMatchObject({ requestsPerSecond: 8, failuresPerSecond: 0.5, inferencesPerSecond: 1, cpuCores: 1, memoryBytes: 300 })
})

it('leaves a hole where nobody measured, instead of a zero', () => {
  const points = performancePoints([at('a', 'web', 1005, {}), at('a', 'web', 1025, {})], 1000, 1030, 10)
  expect(points.map(({ at: time, requestsPerSecond }) => [time, requestsPerSecond])).toEqual([[1000, 0], [1010, null], [1020, 0]])
})

it('takes the slowest answer of the database, and none where nobody got one', () => {
  const points = performancePoints(
    [at('a', 'web', 1001, { databaseSeconds: 0.1 }), at('b', 'jobs', 1002, { databaseSeconds: 0.3 }), at('a', 'web', 1011, {})],
    1000,
    1020,
    10,
  )
  expect(points.map(({ databaseSeconds }) => databaseSeconds)).toEqual([0.3, null])
})

it('leaves out the stretch that is not over', () => {
  expect(performancePoints([], 1000, 1019, 10)).toHaveLength(1)
})
