/** Quantities as a person reads them in an answer. Written apart from what words answers, so that it can find its mistakes. */

export type Dimension = 'energy' | 'power' | 'money' | 'mass' | 'percent' | 'duration' | 'count' | 'volts' | 'hertz' | 'plain'

export interface ReadQuantity {
  dimension: Dimension
  /** kWh, W, currency, kg, %, s, 1, V, Hz. */
  value: number
  /** Half of the last digit that is shown. */
  tolerance: number
  at: number
}

const UNITS: Record<string, readonly [Dimension, number]> = {
  Wh: ['energy', 0.001],
  kWh: ['energy', 1],
  MWh: ['energy', 1000],
  W: ['power', 1],
  kW: ['power', 1000],
  g: ['mass', 0.001],
  kg: ['mass', 1],
  t: ['mass', 1000],
  '%': ['percent', 1],
  V: ['volts', 1],
  Hz: ['hertz', 1],
}
const COUNTED = 'times|devices?|appliances?|rooms?|buildings?|clusters?'
const NUMBER = String.raw`\d[\d,]*(?:\.\d+)?`
const PATTERN = new RegExp(
  String.raw`(?<![\d.,:])(?:` +
    `€(?<money>${NUMBER})|` +
    String.raw`(?<!\b(?:last|past) )(?:(?<days>\d+) days?)?(?: ?(?<hours>\d+) h\b)?(?: ?(?<minutes>\d+) min\b)?(?: ?(?<seconds>\d+) s\b)?(?<=\d (?:days?|h|min|s))|` +
    String.raw`(?<number>${NUMBER}) ?(?<unit>kWh|MWh|Wh|kW|W|kg|g|t|%|V|Hz)(?![A-Za-z])|` +
    String.raw`(?<counted>\d[\d,]*) (?:${COUNTED})\b|Devices here: (?<listed>\d+)|\b(?<once>once)\b|` +
    `(?<plain>${NUMBER}))`,
  'g',
)

export function readQuantities(text: string): ReadQuantity[] {
  return [...text.matchAll(PATTERN)].flatMap((match): ReadQuantity[] => {
    const { money, days, hours, minutes, seconds, number, unit, counted, listed, once, plain } = match.groups ?? {}
    const at = match.index
    if (money) return [{ dimension: 'money', ...read(money, 1), at }]
    if (once) return [{ dimension: 'count', value: 1, tolerance: 0, at }]
    if (counted ?? listed) return [{ dimension: 'count', ...read(counted ?? listed ?? '', 1), at }]
    if (number && unit) {
      const [dimension, scale] = UNITS[unit] ?? ['plain', 1]
      return [{ dimension, ...read(number, scale), at }]
    }
    if (plain) return [{ dimension: 'plain', ...read(plain, 1), at }]
    if (match[0] === '') return []
    const value = 86_400 * Number(days ?? 0) + 3600 * Number(hours ?? 0) + 60 * Number(minutes ?? 0) + Number(seconds ?? 0)
    return [{ dimension: 'duration', value, tolerance: seconds ? 0.5 : days ? 1800 : 30, at }]
  })
}

/** A written number; of whole ones beyond three digits the zeros at the end are rounding. */
function read(text: string, scale: number): { value: number; tolerance: number } {
  const digits = text.replaceAll(',', '')
  const decimals = digits.split('.')[1]?.length ?? 0
  const zeros = decimals === 0 && digits.length > 3 ? (/0*$/.exec(digits)?.[0].length ?? 0) : 0
  return { value: Number(digits) * scale, tolerance: 0.5 * scale * 10 ** (zeros - decimals) }
}

/** Whether a quantity says a value, as rounded as it is. */
export function says(quantity: ReadQuantity, value: number): boolean {
  return Math.abs(quantity.value - Math.abs(value)) <= quantity.tolerance * 1.001 + 1e-9 * Math.abs(value)
}
