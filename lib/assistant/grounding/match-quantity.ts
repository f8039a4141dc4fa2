import type { Figure, Subject } from '@/lib/contracts/assistant'
import type { NameMention } from './appliance-lexicon'
import { anyOf } from './any-of'
import { isReversed } from './compared-periods'
import { isSamePeriod, type Evidence } from './evidence'
import { isCalledSo } from './figure-roles'
import type { PeriodMention } from './find-periods'
import { KIND_OF_UNIT, type Quantity } from './read-numbers'

export interface SentenceContext {
  text: string
  names: readonly NameMention[]
  /** Those that stand for a period of the results. */
  periods: readonly PeriodMention[]
  /** Dates that say when something was, in which only a moment of the results lies. */
  bareDates: readonly PeriodMention[]
  quantities: readonly Quantity[]
  /** What "it" and "that" stand for: the appliances of the sentence before. */
  inherited: readonly Subject[]
}

export type Match = { figure: Figure } | { reason: string }

const UP = anyOf(
  'giu',
  'more|higher|rose|risen|rising|increas\\w*|up|grew|grown|growth|above|gestiegen|mehr|höher|plus|climbed',
  'extra|additional|jumped',
)
const DOWN = anyOf(
  'giu',
  'less|lower|fell|fallen|decreas\\w*|down|dropped|drop|saved|saving|savings|below|weniger|niedriger|reduc\\w*',
  'minus|gesunken|declin\\w*|fewer',
)
const TOTAL_WORDS = anyOf(
  'iu',
  'you|your home|your house|your household|home|house|building|meter|total|totals|overall|altogether|in all',
  'of all|whole|entire|everything|site|insgesamt|gesamt\\w*|haus|haushalt|sie haben|we',
)
const VERB =
  /\b(?:used|uses|use|consumed|consumes|drew|draws|takes|took|needed|cost|costs|caused|causes|ran|runs|verbrauchte|verbraucht|kostete|kostet|brauchte|was|is|had|has|with|at)\b(?!.*\b(?:of all|the total|in total|altogether)\b)/iu
const EXCLUDED =
  /\b(?:not|rather than|instead of|except(?: for)?|unlike|without|nicht|ohne|statt)\s+(?:the |your |der |die |das |den )?$/iu
/** Before an appliance: what is then said of the whole is of the rest. */
const LEFT_OUT =
  /\b(?:without|apart from|except(?: for)?|besides|excluding|other than|not counting|ohne|außer|abgesehen von)\s+(?:the |your |der |die |das |den |dem )?$/iu
const COUNT_WORDS: [RegExp, RegExp][] = [
  [/^runs of/, /^(?:times|x|mal|runs?|cycles?|starts?|uses|loads?|läufe|laufe|durchläufe)$/],
  [/device|appliances estimated/, /^(?:devices?|appliances?|meters?|geräte?n?)$/],
  [/^main meters/, /^meters?$/],
  [/^rooms/, /^(?:rooms?|räume)$/],
  [/^buildings/, /^(?:buildings?|gebäude)$/],
  [/^clusters/, /^clusters?$/],
]
const RATES: [RegExp, RegExp][] = [
  [/(?:\ba|per|each|every|pro|je) ?(?:day|tag)\b|\bdaily\b|mean of a day|täglich/iu, /\b(?:a|per) day\b/],
  [/(?:\ban?|per|each|every|pro|je) ?(?:month|monat)\b|\bmonthly\b|mean of a month/iu, /\b(?:a|per) month\b/],
  [
    /(?:(?<!quarter of )\ban?|per|each|every|pro|je) ?(?:hour|stunde)\b|\bhourly\b|mean of an hour/iu,
    /(?<!quarter of )\b(?:an|per) hour\b/,
  ],
  [
    /(?:\ba|per|each|every|pro|je) ?(?:year|week|jahr|woche|minute|person|head)\b|\b(?:yearly|weekly|annually)\b/iu,
    /\b(?:a|per) (?:year|week)\b/,
  ],
]

/** The figure that a number of a sentence is, or why it is none. */
export function matchQuantity(quantity: Quantity, sentence: SentenceContext, evidence: Evidence): Match {
  const { text } = sentence
  const fitting = evidence.figures.filter((figure) => isOfKind(figure, quantity, text))
  if (fitting.length === 0) return { reason: 'no result has a number of this kind' }
  const equal = fitting.filter((figure) => isWithin(figure, quantity))
  if (equal.length === 0) return { reason: 'no result has this number' }
  const rated = equal.filter((figure) => hasRate(figure, quantity, text))
  if (rated.length === 0) return { reason: 'the result is of another length of time' }
  const timed = rated.filter((figure) => isOfPeriod(figure, quantity, sentence, evidence))
  if (timed.length === 0) return { reason: 'the number is of another time' }
  const owned = timed.filter((figure) => isOfSubject(figure, quantity, sentence, evidence))
  if (owned.length === 0) return { reason: 'the number is of something else' }
  const called = owned.filter((figure) => isCalledSo(figure, quantity, sentence, evidence))
  if (called.length === 0) return { reason: 'the number stands for something else' }
  const directed = called.find((figure) => hasDirection(figure, quantity, sentence, evidence))
  return directed ? { figure: directed } : { reason: 'it went the other way' }
}

function isOfKind({ unit, label }: Figure, { kind, noun, text: raw }: Quantity, text: string): boolean {
  const own = KIND_OF_UNIT[unit]
  if (kind === 'count')
    return own === 'count' && COUNT_WORDS.some(([labels, nouns]) => labels.test(label) && nouns.test(noun ?? ''))
  if (kind === 'bare') {
    if (unit === 'ratio') return /power factor|leistungsfaktor|cos/iu.test(text)
    // "12 devices, 3 of them ...", "once".
    return unit === 'count' && (/^(?:once|twice|einmal|zweimal)$/i.test(raw) ? label.startsWith('runs of') : countIsNamed(label, text))
  }
  if (kind === 'money' && own === 'price') return /(?:\ba|per|each|je|pro|one|eine) (?:kwh|kilowatt)/iu.test(text)
  if (kind === 'duration' && unit === 'count') return label.startsWith('days')
  return own === kind
}

/** "There are 12 devices": what a bare number counts stands elsewhere in the sentence. */
function countIsNamed(label: string, text: string): boolean {
  const nouns: [string, RegExp][] = [
    ['runs of', /\b(?:runs?|times|ran)\b/],
    ['device', /\bdevices?\b/],
    ['appliances', /\b(?:main meter|estimated)\b/],
    ['anomalies', /\b(?:anomal(?:y|ies)|things?|findings?|incidents?|issues?)\b/],
    ['things', /\bthings?\b/],
  ]
  return nouns.some(([start, noun]) => label.startsWith(start) && noun.test(text.toLowerCase()))
}

function isWithin({ value, unit, label }: Figure, quantity: Quantity): boolean {
  const own = unit === 'count' && label.startsWith('days') && quantity.kind === 'duration' ? value * 86_400 : value
  const isSigned = /^(?:difference|change)/.test(label)
  const given = quantity.text.startsWith('-') && !isSigned ? -quantity.value : quantity.value
  const apart = Math.min(Math.abs(own - given), Math.abs(Math.abs(own) - given))
  return apart <= quantity.tolerance * 1.0001 + 1e-9
}

function hasRate(figure: Figure, quantity: Quantity, text: string): boolean {
  if (figure.unit === 'currency/h' || figure.unit === 'currency/kWh') return true
  const after = text.slice(quantity.end, quantity.end + 14)
  const behind = `${quantity.text.replace(/^.*\d/, '')}${after}`
  const label = figure.label.toLowerCase()
  for (const [words, labels] of RATES) {
    const isSaid = words.test(behind) || (labels.test(label) && words.test(text))
    if (isSaid !== labels.test(label)) {
      if (labels.test(label) && /\b(?:month|monat|average|mean|base load|comes to)\b/iu.test(text)) continue
      return false
    }
  }
  // "on average" of what is no mean.
  return !/^\s?(?:on average|im schnitt|durchschnittlich)/iu.test(after) || /mean|average|usual|a day/.test(label)
}

/** Of a whole time: a date beside it would be that time. */
const SUM = /^(?:energy (?:of (?!the (?:last|first) run)|drawn|fed|cost of)|CO2 of|cost with|runs of|expected energy|total length|share of)/

function isOfPeriod(figure: Figure, quantity: Quantity, sentence: SentenceContext, evidence: Evidence): boolean {
  if (!figure.period || /^(?:change|difference|mean price)/.test(figure.label)) return true
  const dates = SUM.test(figure.label) ? sentence.bareDates : []
  const mention = nearestPeriod(quantity, [...sentence.periods, ...dates].toSorted((a, b) => a.start - b.start), sentence.quantities)
  if (!mention) return true
  const candidates = Array.isArray(mention) ? mention : [mention]
  const isThis = (period: PeriodMention) =>
    period.period !== null && figure.period !== undefined && isSamePeriod(period.period, figure.period, evidence.nowSeconds)
  if (candidates.some(isThis)) return true
  // A part of the time that is named: the highest day of last week, named with the day's own date.
  return candidates.some(({ period }) => {
    return (
      period !== null &&
      figure.period !== undefined &&
      /^this (?:hour|day|month)$/.test(figure.period.label) &&
      figure.period.from >= period.from &&
      figure.period.to <= period.to &&
      /^(?:hour|day|month) with/.test(figure.label)
    )
  })
}

/** The period that goes with a number: those before it where the sentence begins with one, else the next behind. */
function nearestPeriod(
  quantity: Quantity,
  periods: readonly PeriodMention[],
  quantities: readonly Quantity[],
): PeriodMention | PeriodMention[] | null {
  if (periods.length <= 1) return periods[0] ?? null
  const alike = quantities.filter(({ kind }) => kind === quantity.kind)
  const index = alike.indexOf(quantity)
  const [firstNumber, firstPeriod] = [alike[0], periods[0]]
  if (!firstNumber || !firstPeriod || index < 0) return [...periods]
  if (firstPeriod.start < firstNumber.start) {
    const before = periods.filter(({ start }) => start < firstNumber.start)
    if (before.length >= 2 && alike.length >= 2 && before.length === periods.length)
      return before[Math.min(index, before.length - 1)] ?? null
    return periods.filter(({ start }) => start < quantity.start).at(-1) ?? firstPeriod
  }
  return periods.find(({ start }) => start >= quantity.end) ?? periods.at(-1) ?? null
}

function isOfSubject(figure: Figure, quantity: Quantity, sentence: SentenceContext, evidence: Evidence): boolean {
  const { names, text, inherited } = sentence
  const subject = figure.subject
  if (figure.device !== undefined && subject === undefined) return text.toLowerCase().includes(figure.device.toLowerCase())
  if (subject === undefined) return true
  const named = names.filter(({ subject: own, start }) => own !== null && !EXCLUDED.test(text.slice(0, start)))
  const isTotal = subject === 'total'
  if (isTotal && names.some(({ start }) => LEFT_OUT.test(text.slice(0, start)))) return false
  if (named.length === 0) {
    const saysTotal = TOTAL_WORDS.test(text)
    if (isTotal) return saysTotal || inherited.length === 0 || !/^\s*(?:-\s*)?(?:it|its|that|this|they|es|das)\b/iu.test(text)
    const isPronoun = inherited.includes(subject)
    const only = [...evidence.subjects].filter((known) => known !== 'total')
    const isOnlyOne =
      only.length === 1 && !evidence.figures.some((other) => other.subject === 'total' && other.unit === figure.unit)
    return (isPronoun && !/\b(?:you used|you drew|your home|the building|in total|insgesamt)\b/iu.test(text)) || isOnlyOne
  }
  const before = named.filter(({ end }) => end <= quantity.start).at(-1)
  const after = named.find(({ start }) => start >= quantity.end)
  const between = before ? text.slice(before.end, quantity.start) : ''
  const others = sentence.quantities.filter(
    (other) => before && other !== quantity && other.start >= before.end && other.end <= quantity.start,
  )
  const isBound = before !== undefined && others.length === 0 && between.length < 40 && VERB.test(between)
  const following =
    after &&
    /^[^.;:]{0,4}\b(?:for|of|by|from|in|on|für|von|vom|went to|goes to|belong\w* to)\b/iu.test(text.slice(quantity.end)) &&
    after.start - quantity.end < 40
  if (isTotal) {
    const near = text.slice(Math.max(0, quantity.start - 45), quantity.end + 30)
    return !(isBound && !/\b(?:total|whole building|in all|of all|overall|insgesamt)\b/iu.test(between)) && TOTAL_WORDS.test(near)
  }
  if (following && after.subject === subject) return true
  if (following && !isBound && !before) return false
  if (before) return before.subject === subject
  return after?.subject === subject
}

function hasDirection({ label, value, period }: Figure, quantity: Quantity, { text, periods }: SentenceContext, evidence: Evidence): boolean {
  if (!/^(?:difference|change)/.test(label) || value === 0) return true
  const near = (words: RegExp) => {
    const places = [...text.matchAll(words)].filter(
      ({ index, 0: word }) => !/^\s+than\s+[\d€$£]/.test(text.slice(index + word.length)) || index > quantity.start,
    )
    return Math.min(
      Infinity,
      ...places.map(({ index }) => (index >= quantity.end ? index - quantity.end : quantity.start - index + 15)),
    )
  }
  const [up, down] = [near(UP), near(DOWN)]
  const sign = quantity.text.startsWith('-') ? -1 : quantity.text.startsWith('+') ? 1 : up === down ? 0 : up < down ? 1 : -1
  const turned = isReversed(text, periods, period, evidence.nowSeconds) ? -sign : sign
  return sign === 0 || turned === Math.sign(value)
}
