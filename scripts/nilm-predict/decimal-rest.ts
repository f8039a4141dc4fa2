const NUMBER = /^([+-]?\d*)\.?(\d*)(?:e([+-]?\d+))?$/i
/** More digits are no measurement, and would be written out. */
const MOST_DIGITS = 30

/**
 * What is left of a number without so many hundredths, with all its decimals, so that the parts add up to it to the last one: a
 * difference of binary numbers would lose some, or have others.
 * @param text a number as JavaScript reads it
 */
export function lessHundredths(text: string, hundredths: number): string {
  const [, whole = '', fraction = '', exponentText = '0'] = NUMBER.exec(text) ?? []
  const exponent = Number(exponentText)
  const decimals = Math.max(2, fraction.length - exponent)
  if (decimals > MOST_DIGITS || exponent > MOST_DIGITS) return String(Math.round((Number(text) - hundredths / 100) * 100) / 100)
  const scaled = (digits: string, places: number) => BigInt(digits) * 10n ** BigInt(places)
  const rest = scaled(`${whole}${fraction}`, decimals - fraction.length + exponent) - scaled(String(hundredths), decimals - 2)
  const digits = (rest < 0n ? -rest : rest).toString().padStart(decimals + 1, '0')
  const trimmed = `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`.replace(/\.?0+$/, '')
  return rest < 0n ? `-${trimmed}` : trimmed
}
