import { expect, it } from 'vitest'
import { amountText, bytesText, shareText, tookText } from './figures'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [999_600, '1 MB'],
  [1_536_000, '1.5 MB'],
  [15_360_000, '15 MB'],
  [3e15, '3,000 TB'],
])('writes %d bytes in the unit a person reads', (bytes, text) => {
  expect(plain(bytesText(bytes, 'en-GB'))).toBe(text)
})

it.each([
  [0.0042, '4.2 ms'],
  [0.25, '250 ms'],
  [0.9996, '1 s'],
  [1.26, '1.3 s'],
  [42, '42 s'],
])('writes %d seconds as long as it took', (seconds, text) => {
  expect(plain(tookText(seconds, 'en-GB'))).toBe(text)
})

it('writes small amounts with more digits than large ones, in the reader’s own way', () => {
  expect([0.123, 12.34, 1234.5].map((amount) => amountText(amount, 'de-DE'))).toEqual(['0,12', '12,3', '1.235'])
  expect([0.034, 0.56].map((share) => plain(shareText(share, 'en-GB')))).toEqual(['3.4%', '56%'])
})
