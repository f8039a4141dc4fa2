import { describe, expect, it } from 'vitest'
import { readDecimal } from '@/lib/ingest/read-decimal'

describe('a number in a cell', () => {
  it.each([
    ['3500', 3500],
    [' -12.5 ', -12.5],
    ['3500,5', 3500.5],
    ['1.234,5', 1234.5],
    ['1,234.5', 1234.5],
    ['1e3', 1000],
    ['.5', 0.5],
  ])('is read from %s as a meter meant it', (text, value) => {
    expect(readDecimal(text)).toBe(value)
  })

  it.each(['', ' ', 'NaN', 'null', 'n/a', 'Infinity', '12 W', '0x10', '1.2.3', '--5'])('is none in "%s"', (text) => {
    expect(readDecimal(text)).toBeNaN()
  })
})
