import { describe, expect, it } from 'vitest'
import type { JudgedOrigin } from './conformal'
import { blockErrors, meanInterval } from './sum-interval'

/** A forecast that always says 0, so that errors are what came. */
const origin = (actual: number[], at = 100): JudgedOrigin => ({
  origin: at,
  targets: Int32Array.from(actual, (_, index) => at + index),
  actual: Float64Array.from(actual),
  said: new Float64Array(actual.length),
})
const days = (count: number, valueOf: (day: number, hour: number) => number) =>
  Array.from({ length: count }, (_, day) => origin(Array.from({ length: 24 }, (__, hour) => valueOf(day, hour)), 100 + 25 * day))

describe('the interval of a mean', () => {
  it('lies at the ranks of what such means missed before', () => {
    const errors = blockErrors(days(39, (day) => day - 19), 3600)
    expect(meanInterval(errors, 0, 24)).toEqual({ middle: 0, lower: -19, upper: 19, percent: 95 })
    const many = blockErrors(days(79, (day) => day - 39), 3600)
    expect(meanInterval(many, 0, 24)).toEqual({ middle: 0, lower: -38, upper: 38, percent: 95 })
  })

  it('lies around what was usually missed', () => {
    const errors = blockErrors(days(40, (day) => 10 + (day % 2)), 3600)
    expect(meanInterval(errors, 0, 24)).toMatchObject({ middle: 10.5, lower: 10, upper: 11 })
  })

  it('is narrower than the hours where their errors make up for each other', () => {
    const errors = blockErrors(days(40, (day, hour) => (hour < 12 ? 1 : -1) * (day - 20)), 3600)
    expect(meanInterval(errors, 0, 12)?.upper).toBe(19)
    expect(meanInterval(errors, 0, 24)).toMatchObject({ lower: 0, upper: 0 })
    expect(meanInterval(errors, 6, 18)?.upper).toBeCloseTo(0)
    expect(meanInterval(errors, 9, 24)?.upper).toBeCloseTo((20 * 9) / 15, 6)
  })

  it('claims less where there are fewer origins, and is absent where there are few or none reaches that far', () => {
    expect(meanInterval(blockErrors(days(19, (day) => day), 3600), 0, 24)).toMatchObject({ percent: 90 })
    expect(meanInterval(blockErrors(days(8, (day) => day), 3600), 0, 24)).toBeNull()
    expect(meanInterval(blockErrors(days(40, (day) => day), 3600), 12, 36)).toBeNull()
    expect(meanInterval(blockErrors([...days(20, (day) => day), origin([1, 2])], 3600), 0, 24)?.upper).toBe(19)
  })
})
