import type { Figure } from '@/lib/contracts/assistant'
import { NUMBER_WORDS, readNumber } from './read-number'

/** What a number in a text is of. 'ratio': "half", "twice". 'unknown': no unit that any figure has. */
export type QuantityKind =
  | 'energy'
  | 'power'
  | 'money'
  | 'price'
  | 'moneyRate'
  | 'mass'
  | 'carbon'
  | 'percent'
  | 'duration'
  | 'count'
  | 'voltage'
  | 'current'
  | 'frequency'
  | 'bare'
  | 'unknown'

export interface Quantity {
  kind: QuantityKind
  /** In the base unit of its kind: kWh, W, currency, kg, percent, seconds, ... */
  value: number
  /** By how much the true value may differ for this to be its rounding. */
  tolerance: number
  text: string
  start: number
  end: number
  /** The noun a count is of. */
  noun?: string
}

const PLAIN_WORDS = Object.keys(NUMBER_WORDS).filter((word) => !/^(?:null|ein|eine|einen)$/.test(word))
const WORD = `(?:${PLAIN_WORDS.join('|')})`
const DIGITS = String.raw`\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)*|[.,]\d+`
const FRACTION = String.raw`(?:\d+ )?\d+\/\d+`
const NUMBER = `(?:${FRACTION}|${DIGITS})(?:[eE][-+]?\\d+)?|${WORD}(?:(?:[ -]|\\s+and\\s+)${WORD})*(?:\\s+point(?:\\s+${WORD})+)?|an?\\s+(?:hundred|thousand|million|dozen)`

const UNITS: [QuantityKind, number, string][] = [
  ['carbon', 1, 'g(?:rams?)?(?: of)?(?: CO2(?:e)?)?\\s*(?:\\/|per)\\s*kWh'],
  ['energy', 1e6, 'GWh|gigawatt[- ]?hours?'],
  ['energy', 1e3, 'MWh|megawatt[- ]?hours?|megawattstunden?'],
  ['energy', 1, 'kWh|kilowatt[- ]?hours?|kilowattstunden?|units? of electricity'],
  ['energy', 1e-3, 'Wh|watt[- ]?hours?|wattstunden?'],
  ['power', 1e6, 'MW|megawatts?'],
  ['power', 1e3, 'kW|kilowatts?'],
  ['power', 1, 'W|watts?'],
  ['voltage', 1, 'V|volts?'],
  ['current', 1, 'A|amps?|amperes?|ampere'],
  ['frequency', 1, 'Hz|hertz'],
  ['mass', 1e3, 't|tonnes?|tons?|tonnen'],
  ['mass', 1, 'kg|kilograms?|kilos?|kilogramm'],
  ['mass', 1e-3, 'g|grams?|gramm'],
  ['percent', 1, '%|percent|per cent|prozent|percentage points?'],
  ['duration', 86400 * 365.25, 'years?|jahren?'],
  ['duration', 86400 * 30.44, 'months?|monaten?'],
  ['duration', 604800, 'weeks?|wochen?'],
  ['duration', 86400, 'days?|tagen?|tage?'],
  ['duration', 3600, 'hours?|hrs?|h|stunden?|std'],
  ['duration', 60, 'minutes?|mins?|min|minuten?'],
  ['duration', 1, 'seconds?|secs?|s|sekunden?|sek'],
  [
    'unknown',
    1,
    '°\\s?[CFcf]?|degrees?|grad|km|miles?|litres?|liters?|m2|m3|lux|dB|bar|kJ|MJ|GJ|BTU|joules?|kVA|VA|kvar|var|hp|mAh|Ah|kWp|therms?|calories|kcal',
  ],
]
const COUNT_NOUN =
  'times|x|mal|runs?|cycles?|starts?|uses|loads?|läufe|laufe|durchläufe|devices?|appliances?|meters?|geräte?n?|rooms?|räume|buildings?|gebäude|clusters?|days? of data'
const MULTIPLIER: Record<string, number> = { k: 1e3, thousand: 1e3, tausend: 1e3, million: 1e6, m: 1e6 }
const APPROXIMATE =
  /(?:about|around|roughly|approximately|approx\.?|nearly|almost|some|circa|ca\.|~|≈|over|under|more than|less than|just|etwa|rund|ungefähr|fast|knapp|gut)\s*(?:an?\s+)?$/i

export interface MoneyWords {
  /** Symbols and words of the site's currency, as a regular expression. */
  own: string
  /** Hundredths. */
  cents: string
}

const patterns = new Map<string, RegExp>()

/** Money, number, unit or noun, and "per hour": compiled once for each currency. */
function patternOf(money: MoneyWords): RegExp {
  const known = patterns.get(money.own)
  if (known) return known
  const units = UNITS.map(([, , words]) => `(?:${words})`).join('|')
  const before = `(?<pre>(?:${money.own}|\\p{Sc}|EUR|USD|GBP|CHF)\\s?)?`
  const after = `(?:\\s?(?<mult>k|thousand|tausend|million|m)(?![\\p{L}\\d]))?(?:[\\s-]?(?<cent>${money.cents})(?![\\p{L}\\d])|\\s?(?<post>${money.own}|\\p{Sc}|EUR|USD|GBP|CHF|dollars?|euros?|pounds?)(?![\\p{L}\\d])|[\\s-]?(?<unit>${units})(?![\\p{L}\\d])|[\\s-]?(?<noun>${COUNT_NOUN})(?![\\p{L}\\d]))?`
  const pattern = new RegExp(
    `(?<![\\p{L}\\d])[-+]?${before}(?<number>${NUMBER})${after}(?<per>\\s?(?:\\/|per|a|an|pro)\\s?(?:kWh|kilowatt[- ]hour|hour|h|stunde)(?![\\p{L}]))?`,
    'giu',
  )
  patterns.set(money.own, pattern)
  return pattern
}

/** All numbers of a text with their units. What is masked (blank) is skipped. */
export function findQuantities(text: string, money: MoneyWords, german: boolean): Quantity[] {
  const found: Quantity[] = []
  for (const match of text.matchAll(patternOf(money))) {
    const groups = match.groups ?? {}
    const number = readNumber(groups.number ?? '', german)
    const raw = match[0]
    const start = match.index
    const isWordOne = /^(?:one)$/i.test(groups.number ?? '')
    if (isWordOne && !groups.unit && !groups.noun && !groups.pre && !groups.post && !groups.cent) continue
    const base = { text: raw.trim(), start, end: start + raw.trimEnd().length }
    if (!number) {
      found.push({ ...base, kind: 'unknown', value: NaN, tolerance: 0 })
      continue
    }
    const { kind, factor } = kindOf(groups, money)
    const scale = (MULTIPLIER[groups.mult?.toLowerCase() ?? ''] ?? 1) * factor
    const isAbout = APPROXIMATE.test(text.slice(Math.max(0, start - 20), start))
    found.push({
      ...base,
      kind,
      value: number.value * scale,
      tolerance: rounding(number, isAbout) * scale,
      ...(groups.noun && { noun: groups.noun.toLowerCase() }),
    })
  }
  return joinDurations(found, text)
}

function kindOf(groups: Record<string, string | undefined>, money: MoneyWords): { kind: QuantityKind; factor: number } {
  const isOwn = (sign: string | undefined) => sign !== undefined && new RegExp(`^(?:${money.own})$`, 'iu').test(sign.trim())
  const per = groups.per?.toLowerCase() ?? ''
  const moneyKind = /kwh|kilowatt/.test(per) ? 'price' : per ? 'moneyRate' : 'money'
  if (groups.cent) return { kind: moneyKind, factor: 0.01 }
  if (groups.pre || groups.post) return { kind: isOwn(groups.pre ?? groups.post) ? moneyKind : 'unknown', factor: 1 }
  if (groups.noun) return { kind: 'count', factor: 1 }
  const { unit } = groups
  if (unit === undefined) return { kind: 'bare', factor: 1 }
  // Case tells W from w and t from T, but nobody is strict about kwh.
  const found =
    UNITS.find(([, , words]) => new RegExp(`^(?:${words})$`, 'u').test(unit)) ??
    UNITS.find(([, , words]) => new RegExp(`^(?:${words})$`, 'iu').test(unit))
  return found ? { kind: found[0], factor: found[1] } : { kind: 'unknown', factor: 1 }
}

/** Half a unit of the last digit, where zeros at the end of a whole number may be rounding to three digits; more after "about". */
function rounding({ value, unit }: { value: number; unit: number }, isAbout: boolean): number {
  const half = unit / 2
  if (value === 0 || unit < 1) return isAbout ? Math.max(half, Math.abs(value) * 0.01) : half
  let zeros = unit
  while (value % (zeros * 10) === 0) zeros *= 10
  const third = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 2)
  return Math.max(half, isAbout ? Math.min(zeros / 2, Math.abs(value) * 0.05) : Math.min(zeros, third) / 2)
}

/** "3 h 20 min" is one length of time. */
function joinDurations(found: readonly Quantity[], text: string): Quantity[] {
  const joined: Quantity[] = []
  for (const quantity of found) {
    const last = joined.at(-1)
    const between = last ? text.slice(last.end, quantity.start) : ''
    if (
      last?.kind === 'duration' &&
      quantity.kind === 'duration' &&
      /^(?:\s|,\s?|\s?and\s|\s?und\s)?$/.test(between) &&
      quantity.value < last.value
    ) {
      joined.splice(-1, 1, {
        ...last,
        value: last.value + quantity.value,
        tolerance: quantity.tolerance,
        end: quantity.end,
        text: text.slice(last.start, quantity.end),
      })
    } else joined.push(quantity)
  }
  // "5 to 7 kWh": both have the unit of the second.
  return joined.map((quantity, index) => {
    const next = joined[index + 1]
    const isRange =
      quantity.kind === 'bare' &&
      next &&
      next.kind !== 'bare' &&
      /^\s?(?:-|–|—|to|and|or|bis|und|oder)\s?$/.test(text.slice(quantity.end, next.start))
    if (!isRange) return quantity
    const own = readNumber(next.text.match(/[\d.,]+/)?.[0] ?? '', false)
    const factor = own && own.value !== 0 ? next.value / own.value : 1
    return {
      ...quantity,
      kind: next.kind,
      value: quantity.value * factor,
      tolerance: quantity.tolerance * factor,
      noun: next.noun,
    }
  })
}

/** The kinds of number that a figure's unit can be written as, with the factor to the kind's base unit. */
export const KIND_OF_UNIT: Record<Figure['unit'], QuantityKind> = {
  W: 'power',
  kWh: 'energy',
  currency: 'money',
  'currency/kWh': 'price',
  'currency/h': 'moneyRate',
  kg: 'mass',
  'g/kWh': 'carbon',
  percent: 'percent',
  seconds: 'duration',
  count: 'count',
  V: 'voltage',
  A: 'current',
  Hz: 'frequency',
  ratio: 'bare',
}
