import { describe, expect, it } from 'vitest'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { WindowPoint } from '@/lib/contracts/live-events'
import { STACK_ORDER } from './appliance-colors'
import { bucketAt, prepareStream, windowMeans } from './prepare-stream'
import { powerScale } from './axis-scale'
import { stackBounds, stackPaths } from './stack-paths'

function point(seconds: number, totalWatts: number, watts: Partial<Record<Appliance, number>> = {}): WindowPoint {
  const appliances = APPLIANCES.map((appliance) => watts[appliance] ?? 0)
  return [seconds, totalWatts, ...appliances, totalWatts - appliances.reduce((sum, value) => sum + value, 0)]
}
const series = (from: number, to: number, totalWatts = 500) =>
  Array.from({ length: to - from }, (_, index) => point(from + index, totalWatts, { Refrigerator: 80 }))
const options = { endSeconds: 1000, windowSeconds: 1000, gapSeconds: 3, bucketSeconds: 5 }

describe('prepareStream', () => {
  it('keeps the bands adding up to the measured total in every bucket', () => {
    const points = Array.from({ length: 900 }, (_, second) =>
      point(second, 300 + (second % 7) * 40, { Freezer: 60, HeatPump: (second % 7) * 30 }))
    for (const bucket of prepareStream(points, options).segments.flat()) {
      expect(bucket.seriesWatts.reduce((sum, value) => sum + value, 0)).toBeCloseTo(bucket.totalWatts, 6)
    }
  })

  it('leaves a gap where nothing was measured', () => {
    const data = prepareStream([...series(100, 200), ...series(260, 300)], options)
    expect(data.segments.map((run) => [run[0]?.timestampSeconds, run.at(-1)?.timestampSeconds])).toEqual([[100, 199], [260, 299]])
  })

  it('takes the spacing of a slow meter for no gap', () => {
    const points = Array.from({ length: 50 }, (_, index) => point(index * 10, 400))
    expect(prepareStream(points, { ...options, gapSeconds: 30 }).segments).toHaveLength(1)
    expect(prepareStream(points, { ...options, gapSeconds: 3 }).segments).toHaveLength(50)
  })

  it('keeps buckets where they are when a second passes', () => {
    const points = series(0, 900)
    const before = prepareStream(points, { ...options, endSeconds: 890 }).segments[0]!
    const after = prepareStream(points, { ...options, endSeconds: 891 }).segments[0]!
    expect(after.slice(10, 100)).toEqual(before.slice(10, 100))
  })

  it('drops what lies outside the window', () => {
    const data = prepareStream(series(0, 2000), { ...options, endSeconds: 1500, windowSeconds: 100 })
    expect(data.segments[0]?.[0]?.timestampSeconds).toBe(1400)
    expect(data.segments[0]?.at(-1)?.timestampSeconds).toBe(1500)
  })

  it('has nothing to draw before the first reading', () => {
    expect(prepareStream([], options)).toMatchObject({ segments: [], maxWatts: 0 })
    expect(windowMeans([])).toBeNull()
  })
})

describe('the cursor', () => {
  const data = prepareStream([...series(100, 200), ...series(400, 500)], options)

  it('reads the nearest bucket', () => {
    expect(bucketAt(data, 151)?.timestampSeconds).toBeCloseTo(152, 0)
  })

  it('reads nothing within a gap', () => {
    expect(bucketAt(data, 300)).toBeNull()
  })
})

describe('the stack', () => {
  const heatPump = STACK_ORDER.indexOf('HeatPump')

  it('begins with the rest of the meter at zero and ends at the total', () => {
    const bounds = stackBounds(prepareStream([point(1, 900, { HeatPump: 700 })], options).segments[0]![0]!)
    expect(bounds[0]).toEqual({ lowWatts: 0, highWatts: 200 })
    expect(bounds[heatPump]).toEqual({ lowWatts: 200, highWatts: 900 })
  })

  it('hangs an export below zero', () => {
    const bounds = stackBounds(prepareStream([point(1, -400)], options).segments[0]![0]!)
    expect(bounds[0]).toEqual({ lowWatts: -400, highWatts: 0 })
  })

  it('draws one outline per run and none for an appliance that was idle', () => {
    const data = prepareStream([...series(100, 200), ...series(400, 500)], options)
    const paths = stackPaths(data, powerScale(data.minWatts, data.maxWatts), { width: 1000, height: 200 })
    expect(paths.areas[STACK_ORDER.indexOf('Refrigerator')]?.match(/Z/g)).toHaveLength(2)
    expect(paths.areas[heatPump]).toBe('')
    expect(paths.total.match(/M/g)).toHaveLength(2)
  })

  it('puts the first reading at its time and the total at its height', () => {
    const data = prepareStream([point(500, 250), point(501, 250)], options)
    const paths = stackPaths(data, { minWatts: 0, maxWatts: 500 }, { width: 1000, height: 200 })
    expect(paths.total.startsWith('M500 100')).toBe(true)
  })
})
