import { describe, expect, it } from 'vitest'
import { ClockRepeats } from './clock-repeats'
import { reversed, shuffled } from './testing/table-rows'

/** Numbers of the rows, in file order, that are found to repeat a time. */
function repeated(times: readonly number[]): number[] {
  const repeats = new ClockRepeats()
  times.forEach((seconds, index) => repeats.add(index, seconds))
  return times.map((_, index) => index).filter((index) => repeats.has(index))
}

const range = (from: number, to: number, step = 1) =>
  Array.from({ length: Math.floor((to - from) / step) }, (_, i) => from + step * i)

describe('ClockRepeats', () => {
  it.each([1, 10, 60])('finds the hour a clock runs through again, at %s s', (step) => {
    const times = [...range(0, 36_000, step), ...range(32_400, 50_000, step)]
    const count = 36_000 / step
    // The last second is the newest of the first pass.
    expect(repeated(times)).toEqual(range(count, count + 3600 / step))
  })

  it('finds it in a file that runs backward', () => {
    const times = [...range(0, 36_000), ...range(32_400, 50_000)].reverse()
    expect(repeated(times)).toHaveLength(3600)
  })

  it.each([
    ['in order', range(0, 20_000)],
    ['reversed', [...reversed(20_000)]],
    ['shuffled', [...shuffled(20_000, 3)]],
    ['pieces in the wrong order', [...range(10_000, 20_000), ...range(0, 10_000)]],
    ['a gap filled later', [...range(0, 5000), ...range(9000, 20_000), ...range(5000, 9000)]],
    ['each row with its successor', range(0, 20_000).map((i) => i ^ 1)],
    ['many outages', range(0, 20_000).map((i) => i + 100 * Math.floor(i / 7))],
    ['a few rows late', [...range(0, 5000), ...range(4000, 4020), ...range(5000, 9000)]],
  ])('finds nothing in rows %s', (_, times) => {
    expect(repeated(times)).toEqual([])
  })
})
