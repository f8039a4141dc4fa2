import { describe, expect, it } from 'vitest'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { RowEstimates } from './row-estimates'
import { heldUntilNext, LONGEST_HOLD_SECONDS } from './row-readings'

/** Seconds 1, 2, ... of which the first appliance draws these watts. */
function estimatesOf(watts: readonly number[]): RowEstimates {
  const estimates = new RowEstimates()
  estimates.add(watts.map((powerWatts, i) => ({
    timestampSeconds: i + 1,
    totalWatts: 3000,
    otherWatts: 3000 - powerWatts,
    appliances: APPLIANCES.map((_, at) => {
      const own = at === 0 ? powerWatts : 0
      return { powerWatts: own, probability: Number(own > 0), isOn: own > 0, confidence: 1 }
    }),
  })))
  return estimates
}

describe('the estimates of a row', () => {
  it('are means over the time it covers, on where that is most of it', () => {
    const estimates = estimatesOf([2000, 0, 0, 0, 2000, 2000])
    const first = estimates.of({ startSeconds: 0, endSeconds: 3 })!
    expect([first.watts[0], first.probabilities[0], first.isOn[0]]).toEqual([2000 / 3, 1 / 3, false])
    const second = estimates.of({ startSeconds: 3, endSeconds: 6 })!
    expect([second.watts[0], second.isOn[0]]).toEqual([4000 / 3, true])
    expect(estimates.of({ startSeconds: 6, endSeconds: 9 })).toBeNull()
  })

  it('take the part of a second that the row covers', () => {
    expect(estimatesOf([0, 1000]).of({ startSeconds: 0.5, endSeconds: 1.5 })!.watts[0]).toBe(500)
  })
})

describe('a power that holds until the next row', () => {
  it('is known for an hour at most', () => {
    const rows = [0, 3 * LONGEST_HOLD_SECONDS].map((timestampSeconds, index) => ({ index, timestampSeconds, powerWatts: 100 }))
    const [first] = [...heldUntilNext(rows)]
    expect(first!.span).toEqual({ startSeconds: 0, endSeconds: LONGEST_HOLD_SECONDS })
    expect(first!.readings).toHaveLength(LONGEST_HOLD_SECONDS)
  })
})
