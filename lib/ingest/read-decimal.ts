const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
/** Digits in groups of three, which is also how three decimals look; `0,512` is no group. */
const COMMA_GROUPS = /^[+-]?[1-9]\d{0,2}(,\d{3})+$/
const POINT_GROUPS = /^[+-]?[1-9]\d{0,2}(\.\d{3})+$/
/** Spaces that do not break, thin ones and apostrophes group digits and do nothing else. */
const OTHER_GROUPS = /^[+-]?[1-9]\d{0,2}([\u00a0\u202f\u2009'\u2019])\d{3}(?:\1\d{3})*(?:[.,]\d+)?$/
const OTHER_SIGNS = /[\u2212\u00a0\u202f\u2009'\u2019]/

/**
 * The decimal sign of a file, which decides what `1,234` and `1.234` mean; other numbers tell it by themselves. `unknown` refuses
 * `1,234` and takes `1.234` for the decimals it nearly always has.
 */
export type DecimalSign = 'point' | 'comma' | 'unknown'

/**
 * A number in a cell of a table, with a decimal point or a decimal comma; where both occur, the last one is the decimal sign and
 * the others group digits. Only for files, which stick to one way of writing: a single message could mean either by `3,500`.
 * @returns NaN for anything else
 */
export function readDecimal(text: string, sign: DecimalSign = 'unknown'): number {
  const plain = inPlainSigns(text)
  const mayGroup = sign === 'comma' || plain.includes(',')
  if (!mayGroup && PLAIN_NUMBER.test(plain)) return Number(plain)
  if (COMMA_GROUPS.test(plain)) {
    if (sign === 'point' || hasSeveral(plain, ',')) return Number(plain.replaceAll(',', ''))
    if (sign === 'unknown') return Number.NaN
  }
  if (POINT_GROUPS.test(plain) && (sign === 'comma' || hasSeveral(plain, '.'))) return Number(plain.replaceAll('.', ''))
  const normalised = plain.includes(',') ? withDecimalPoint(plain) : plain
  return PLAIN_NUMBER.test(normalised) ? Number(normalised) : Number.NaN
}

/** Whether a cell is a number that could be read two ways, a thousand apart. */
export function hasTwoReadings(text: string): boolean {
  const plain = inPlainSigns(text)
  return COMMA_GROUPS.test(plain) && !hasSeveral(plain, ',')
}

/**
 * The decimal sign that cells of one column agree on. Where none of them tells, a table cut by semicolons has decimal commas:
 * they are why it is not cut by commas.
 */
export function detectDecimalSign(cells: readonly string[], delimiter: string): DecimalSign {
  const found = { points: 0, commas: 0, eitherPoints: 0, eitherCommas: 0 }
  for (const cell of cells) {
    const plain = inPlainSigns(cell)
    if (COMMA_GROUPS.test(plain)) found[hasSeveral(plain, ',') ? 'points' : 'eitherCommas']++
    else if (POINT_GROUPS.test(plain)) found[hasSeveral(plain, '.') ? 'commas' : 'eitherPoints']++
    else if (/[.,]/.test(plain) && !Number.isNaN(readDecimal(plain))) {
      found[plain.lastIndexOf(',') > plain.lastIndexOf('.') ? 'commas' : 'points']++
    }
  }
  const { points, commas, eitherPoints, eitherCommas } = found
  if (points > 0 || commas > 0) return points === 0 ? 'comma' : commas === 0 ? 'point' : 'unknown'
  return delimiter === ';' && eitherCommas > 0 && eitherPoints === 0 ? 'comma' : 'unknown'
}

/** With a hyphen for a minus sign, and without what can only group digits. */
function inPlainSigns(text: string): string {
  const trimmed = text.trim()
  if (!OTHER_SIGNS.test(trimmed)) return trimmed
  const signed = trimmed.replace(/^\u2212/, '-').replace(/([eE])\u2212/, '$1-')
  const groups = OTHER_GROUPS.exec(signed)
  return groups ? signed.replaceAll(groups[1]!, '') : signed
}

function withDecimalPoint(text: string): string {
  const decimal = text.lastIndexOf('.') > text.lastIndexOf(',') ? '.' : ','
  return text.replaceAll(decimal === '.' ? ',' : '.', '').replace(decimal, '.')
}

const hasSeveral = (text: string, sign: string) => text.indexOf(sign) !== text.lastIndexOf(sign)
