import { describe, expect, it } from 'vitest'
import { lessHundredths } from './decimal-rest'

describe('what is left of a written power', () => {
  it.each([
    ['3.092', 0, '3.092'],
    ['3.092', 309, '0.002'],
    ['1233.4000000000001', 33_33, '1200.0700000000001'],
    ['100', 0, '100'],
    ['100', 100_00, '0'],
    ['100', 9950, '0.5'],
    ['-20.25', 0, '-20.25'],
    ['-.5', 0, '-0.5'],
    ['+7.', 700, '0'],
    ['1e3', 12, '999.88'],
    ['1.2345e2', 100, '122.45'],
    ['2E-3', 0, '0.002'],
    ['-0', 0, '0'],
  ])('of %s without %s hundredths is %s', (text, hundredths, rest) => {
    expect(lessHundredths(text, hundredths)).toBe(rest)
  })

  it('is rounded where the digits are no measurement', () => {
    expect([lessHundredths('1e-40', 0), lessHundredths('0e999999999', 0)]).toEqual(['0', '0'])
    expect(lessHundredths(`5.${'1'.repeat(50)}`, 10)).toBe('5.01')
  })
})
