const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/

/**
 * A number in a cell of a table, with a decimal point or a decimal comma; where both occur, the last one is the decimal sign and
 * the others group digits. Only for files, which stick to one way of writing: a single message could mean either by `3,500`.
 * @returns NaN for anything else
 */
export function readDecimal(text: string): number {
  let plain = text.trim()
  if (plain.includes(',')) {
    const decimal = plain.lastIndexOf('.') > plain.lastIndexOf(',') ? '.' : ','
    plain = plain.replaceAll(decimal === '.' ? ',' : '.', '').replace(decimal, '.')
  }
  return PLAIN_NUMBER.test(plain) ? Number(plain) : Number.NaN
}
