import { describe, expect, it } from 'vitest'
import { probationRows, rowWorths, scaledSigmoid, scoreAtThreshold, scoreCorpus, type ScoredSeries } from './nab-score'

const windows = [{ start: 50, end: 59 }]
const reporting = (rows: readonly number[], scores = new Array<number>(100).fill(0)): ScoredSeries => {
  for (const row of rows) scores[row] = 1
  return { name: 'series', scores, windows }
}

describe('NAB score', () => {
  it('gives the first row of a window the full weight and its last row next to nothing', () => {
    const worths = rowWorths(100, windows)
    expect(worths[50]).toBeCloseTo(1, 10)
    // Position -0.1: (2 / (1 + e^-0.5) - 1) / (2 / (1 + e^-5) - 1) = 0.244919 / 0.986614
    expect(worths[59]).toBeCloseTo(0.248242, 5)
  })

  it('charges a report the more the later it comes after a window, and fully before the first', () => {
    const worths = rowWorths(100, windows)
    expect(worths[20]).toBeCloseTo(-0.11, 10)
    // One row after: position 1/9: 2 / (1 + e^(5/9)) - 1 = -0.270843
    expect(worths[60]).toBeCloseTo(-0.11 * 0.270843, 5)
    // 28 rows after, beyond three widths
    expect(worths[59 + 28]).toBeCloseTo(-0.11, 10)
    expect(scaledSigmoid(0)).toBe(0)
  })

  it('is 100 for a perfect detector, 0 for a silent one', () => {
    expect(scoreCorpus([reporting([50])]).normalised).toBeCloseTo(100, 8)
    expect(scoreAtThreshold([reporting([])], 0.5)).toBe(0)
  })

  it('counts only the best row of a window and every false alarm', () => {
    // (1 + 1 - 2 * 0.11) / 2: two plain false alarms and one hit, against -1 for silence and +1 for perfection
    expect(scoreAtThreshold([reporting([20, 21, 50, 55])], 0.5)).toBeCloseTo(100 * ((2 - 0.22) / 2), 8)
  })

  it('leaves the probation out', () => {
    expect(probationRows(100)).toBe(15)
    expect(probationRows(20_000)).toBe(750)
    expect(scoreAtThreshold([reporting([3, 14, 50])], 0.5)).toBeCloseTo(100, 8)
  })

  it('chooses the one threshold that is best over all series', () => {
    const first = reporting([50])
    first.scores = first.scores.map((score, row) => (row === 20 ? 0.6 : score * 0.7))
    const second = reporting([50])
    second.scores = second.scores.map((score) => score * 0.5)
    // At 0.5 both windows are found at the price of one false alarm.
    expect(scoreCorpus([first, second])).toEqual({ threshold: 0.5, normalised: expect.closeTo(100 * ((4 - 0.11) / 4), 8) })
  })
})
