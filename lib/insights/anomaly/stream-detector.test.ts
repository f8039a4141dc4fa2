import { describe, expect, it } from 'vitest'
import { probationRowsOf, scoreSeries, usualStepSeconds } from './score-series'

const STEP_SECONDS = 300
const DAY_ROWS = 288
const THRESHOLD = 0.6

/** Numbers that repeat: noise from -1 to 1. */
function noise(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  }
}

function days(count: number, seed = 1): number[] {
  const next = noise(seed)
  return Array.from({ length: count * DAY_ROWS }, (_, row) => 50 + 20 * Math.sin((2 * Math.PI * row) / DAY_ROWS) + next())
}

const alarms = (values: readonly number[]) =>
  scoreSeries(values, STEP_SECONDS).flatMap((score, row) => ((score ?? 0) >= THRESHOLD ? [row] : []))

describe('streaming anomaly detector', () => {
  it('reports nothing in a daily pattern with noise, a flat line, or a square wave', () => {
    expect(alarms(days(14))).toEqual([])
    expect(alarms(new Array<number>(14 * DAY_ROWS).fill(45))).toEqual([])
    const next = noise(3)
    expect(alarms(Array.from({ length: 14 * DAY_ROWS }, (_, row) => (row % DAY_ROWS < 100 ? 80 : 20) + next()))).toEqual([])
  })

  it.each([
    ['a spike', (value: number, row: number) => (row === 3_000 ? value + 60 : value)],
    ['a level shift', (value: number, row: number) => (row >= 3_000 ? value + 40 : value)],
    ['a day without its pattern', (value: number, row: number) => (row >= 3_000 && row < 3_200 ? 50 : value)],
    ['noise that grows', (value: number, row: number) => (row >= 3_000 ? value + ((row % 2) - 0.5) * 12 : value)],
  ])('finds %s within half a day', (_, change) => {
    const found = alarms(days(14).map(change))
    expect(found.length).toBeGreaterThan(0)
    expect(found[0]).toBeGreaterThanOrEqual(3_000)
    expect(found[0]).toBeLessThan(3_000 + DAY_ROWS / 2)
  })

  it('scores a row from the past and the present alone', () => {
    const values = days(14).map((value, row) => (row > 2_500 ? value + 30 : value))
    const settings = scoreSeries(values, STEP_SECONDS)
    const other = scoreSeries(values.map((value, row) => (row > 2_700 ? -1000 * row : value)), STEP_SECONDS)
    expect(other.slice(0, 2_701)).toEqual(settings.slice(0, 2_701))
  })

  it('says the same in any unit', () => {
    const values = days(14).map((value, row) => (row === 3_000 ? value + 60 : value))
    const scores = scoreSeries(values, STEP_SECONDS)
    const scaled = scoreSeries(values.map((value) => value * 1024 - 4096), STEP_SECONDS)
    scores.forEach((score, row) => expect(scaled[row]).toBeCloseTo(score ?? NaN, 4))
  })

  it('reports an incident once, and again only when it gets worse', () => {
    const values = days(14).map((value, row) => (row >= 3_000 && row < 3_100 ? value + 60 : row >= 3_050 && row < 3_150 ? value + 200 : value))
    const found = alarms(values)
    expect(found.filter((row) => row >= 3_000 && row < 3_050).length).toBeLessThanOrEqual(3)
  })

  it('learns from the first 15 % of the rows, 750 at most, and leaves rows without a value out', () => {
    expect([probationRowsOf(1_000), probationRowsOf(20_000)]).toEqual([150, 750])
    const scores = scoreSeries([...new Array<number>(20).fill(1), null, 9, ...new Array<number>(178).fill(1)], 60)
    expect(scores[20]).toBeNull()
    expect(scores[21]).toBe(0)
    expect(usualStepSeconds([0, 60, 120, 120, 60, 180, 1000])).toBe(90)
  })
})
