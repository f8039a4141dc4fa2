import { describe, expect, it } from 'vitest'
import { detectDecimalSign, hasTwoReadings, readDecimal } from '@/lib/ingest/read-decimal'

describe('a number in a cell', () => {
  it.each([
    ['3500', 3500],
    [' -12.5 ', -12.5],
    ['3500,5', 3500.5],
    ['1.234,5', 1234.5],
    ['1,234.5', 1234.5],
    ['1e3', 1000],
    ['1.234', 1.234],
    ['0,512', 0.512],
    ['1,234,567', 1_234_567],
    ['1.234.567', 1_234_567],
    ['.5', 0.5],
    ['\u2212230.5', -230.5],
    ['\u22121,5', -1.5],
    ['1\u00a0234', 1234],
    ['12\u202f345,6', 12_345.6],
    ['\u22121\u2009234\u2009567.5', -1_234_567.5],
    ["1'234.567", 1234.567],
    ['1\u2019234', 1234],
  ])('is read from %s as a meter meant it', (text, value) => {
    expect(readDecimal(text)).toBe(value)
  })

  const unusual = ["1'23", "0'512", "1'234\u00a0567", "'1234'", '5\u2212', '1.5\u00a0000']
  it.each(['', ' ', 'NaN', 'null', 'n/a', 'Infinity', '12 W', '0x10', '1.2.3', '--5', ...unusual])('is none in "%s"', (text) => {
    expect(readDecimal(text)).toBeNaN()
  })
})

describe('a number that could mean thousands or decimals', () => {
  it('is read by the decimal sign of its file', () => {
    expect([readDecimal('1,234', 'point'), readDecimal('1,234', 'comma')]).toEqual([1234, 1.234])
    expect([readDecimal('1.234', 'point'), readDecimal('1.234', 'comma')]).toEqual([1.234, 1234])
    expect([readDecimal('-12,345', 'point'), readDecimal('12.5', 'comma')]).toEqual([-12_345, 12.5])
  })

  it('is refused where the file does not tell', () => {
    expect([readDecimal('1,234'), hasTwoReadings('1,234'), hasTwoReadings('1234,5')]).toEqual([Number.NaN, true, false])
  })

  it.each([
    [['1500', '12.5', '1,234'], ',', 'point'],
    [['1500', '12,5', '1.234'], ',', 'comma'],
    [['1,234.5'], ';', 'point'],
    [["1'234,567", '1,234'], ',', 'comma'],
    [['1.234,5'], ',', 'comma'],
    [['1,234', '2,345'], ';', 'comma'],
    [['1,234', '2,345'], ',', 'unknown'],
    [['1,234', '2.345'], ';', 'unknown'],
    [['1.234', '2.345'], ';', 'unknown'],
    [['12,5', '12.5'], ',', 'unknown'],
    [['1500', 'NaN', ''], ',', 'unknown'],
  ] as const)('has the sign its column agrees on: %j between %s', (cells, delimiter, sign) => {
    expect(detectDecimalSign(cells, delimiter)).toBe(sign)
  })
})
