import Big from 'big.js'

/** More are no measurement, and would be written out. */
const MOST_DECIMALS = 30

/**
 * What is left of a number without so many hundredths, with all its decimals, so that the parts add up to it to the last one: a
 * difference of binary numbers would lose some, or have others.
 * @param text a finite number as JavaScript reads it
 */
export function lessHundredths(text: string, hundredths: number): string {
  const number = new Big(text.replace(/^\+/, '').replace(/\.(?=e|$)/i, ''))
  const share = new Big(hundredths).times('0.01')
  const decimals = number.c.length - 1 - number.e
  const rest = (decimals > MOST_DECIMALS ? number.round(2) : number).minus(share)
  return rest.eq(0) ? '0' : rest.toFixed()
}
