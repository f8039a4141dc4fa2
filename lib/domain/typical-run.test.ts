import { expect, it } from 'vitest'
import { spreadOf, typicalRun, type CompleteRun } from './typical-run'

const run = (minuteWatts: number[]): CompleteRun => ({
  durationSeconds: minuteWatts.length * 60,
  energyKwh: minuteWatts.reduce((sum, watts) => sum + watts / 60_000, 0),
  minuteWatts,
})

it('a typical run is the quartiles of the runs, minute by minute, and ends where three quarters of them have', () => {
  const shape = typicalRun([run([100, 200]), run([200, 200]), run([300, 200, 50]), run([400, 200, 50]), run([500, 200, 50, 9, 9, 9])])
  expect(shape?.runs).toBe(5)
  expect(shape?.minuteWatts).toEqual([
    { low: 200, median: 300, high: 400 },
    { low: 200, median: 200, high: 200 },
    { low: 0, median: 50, high: 50 },
  ])
  expect(shape?.durationSeconds.median).toBe(180)
})

it('one outlandish run does not change what is typical', () => {
  const usual = Array.from({ length: 9 }, () => run([2000, 2000, 1000]))
  const shape = typicalRun([...usual, run(Array.from({ length: 300 }, () => 9000))])
  expect(shape?.minuteWatts.map(({ median }) => median)).toEqual([2000, 2000, 1000])
  expect(shape?.energyKwh.median).toBeCloseTo(5 / 60, 9)
})

it('two runs are not typical of anything', () => {
  expect(typicalRun([run([100]), run([100])])).toBeNull()
})

it('quartiles lie between values by their distance', () => {
  expect(spreadOf([1, 2, 3, 4])).toEqual({ low: 1.75, median: 2.5, high: 3.25 })
  expect(spreadOf([7])).toEqual({ low: 7, median: 7, high: 7 })
})
