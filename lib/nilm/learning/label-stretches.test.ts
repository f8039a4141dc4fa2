import { describe, expect, it } from 'vitest'
import { stretchesAround } from './label-stretches'
import type { RunLabel } from './labelled-rows'

const DAY = 86_400
const REPLAY_SECONDS = 30_000
const START = 1_700_000_000

const label = (startedAtSeconds: number, lengthSeconds = 1200): RunLabel => ({
  id: String(startedAtSeconds),
  appliance: 'Dishwasher',
  isRun: true,
  startedAtSeconds,
  endedAtSeconds: startedAtSeconds + lengthSeconds,
})

/** How many rows are kept of a range. */
function rowsOf(strideAt: (seconds: number) => number, [from, to]: [number, number]): number {
  let rows = 0
  for (let seconds = from; seconds < to; seconds++) {
    const stride = strideAt(seconds)
    if (stride > 0 && seconds % stride === 0) rows++
  }
  return rows
}

describe('what is learned from around labels', () => {
  it('is the newest fortnight, and of older labels their surroundings, each with the time the networks need before', () => {
    const [old, newest] = [label(START), label(START + 100 * DAY)]
    const { read } = stretchesAround([newest, old], REPLAY_SECONDS, 240)
    expect(read).toEqual([
      [START - REPLAY_SECONDS, old.endedAtSeconds + 3600],
      [newest.endedAtSeconds + 240 + 3600 - 14 * DAY, newest.endedAtSeconds + 240 + 3600],
    ])
  })

  it('keeps nothing of the hours before an old label in which the networks warm up', () => {
    const { strideAt } = stretchesAround([label(START), label(START + 100 * DAY)], REPLAY_SECONDS, 240)
    expect(rowsOf(strideAt, [START - REPLAY_SECONDS, START - 900])).toBe(0)
    expect(strideAt(START - 600)).toBe(30)
    expect(strideAt(START + 600)).toBe(10)
    expect(strideAt(START + 1200 + 600)).toBe(30)
    expect(strideAt(START + 1200 + 1800)).toBe(0)
  })

  it('keeps an old label in a few hundred rows, so that years of labels fit in memory', () => {
    const labels = Array.from({ length: 50 }, (_, i) => label(START + i * 7 * DAY))
    const { read, strideAt } = stretchesAround(labels, REPLAY_SECONDS, 240)
    const old = read.slice(0, -1)
    expect(old.length).toBeGreaterThan(40)
    expect(old.reduce((sum, stretch) => sum + rowsOf(strideAt, stretch), 0) / old.length).toBeLessThan(200)
  })
})
