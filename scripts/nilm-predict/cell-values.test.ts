import { describe, expect, it } from 'vitest'
import { parseDecimal, parseTimestamp } from './cell-values'

describe('parseDecimal', () => {
  it.each([
    ['3500', 3500],
    [' -12.5 ', -12.5],
    ['3500,5', 3500.5],
    ['1.234,5', 1234.5],
    ['1,234.5', 1234.5],
    ['1e3', 1000],
    ['.5', 0.5],
  ])('reads %s as a meter meant it', (text, value) => {
    expect(parseDecimal(text)).toBe(value)
  })

  it.each(['', ' ', 'NaN', 'null', 'n/a', 'Infinity', '12 W', '0x10', '1.2.3', '--5'])('takes "%s" for no number', (text) => {
    expect(parseDecimal(text)).toBeNaN()
  })
})

describe('parseTimestamp', () => {
  const moment = 1_706_198_400

  it.each([
    ['1706198400', 0],
    ['1706198400.25', 0.25],
    ['1706198400,25', 0.25],
    ['1706198400250', 0.25],
    ['1706198400250000', 0.25],
    ['2024-01-25T16:00:00Z', 0],
    ['2024-01-25T16:00:00.250Z', 0.25],
    ['2024-01-25 16:00:00', 0],
    ['2024-01-25 17:00:00+01:00', 0],
    ['2024-01-25T10:30:00-0530', 0],
    ['2024/01/25 16:00', 0],
  ])('reads %s', (text, offset) => {
    expect(parseTimestamp(text)).toBeCloseTo(moment + offset, 6)
  })

  it.each(['', 'yesterday', '25.01.2024 16:00', '01/02/2024', '2024-13-01', '2024-01-25T25:00:00Z'])(
    'takes "%s" for no time rather than guess',
    (text) => {
      expect(parseTimestamp(text)).toBeNaN()
    },
  )
})
