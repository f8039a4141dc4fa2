import type { DateTime } from 'luxon'
import { splitClauses } from './clauses'
import { APOSTROPHES, ATTACHED_UNITS, MONTHS, NUMBER_WORDS, REPLACEMENTS, UNKNOWN_WORD, WEEKDAYS } from './lexicon'
import { liftNames } from './lift'
import { plainTimes } from './plain-times'
import { readDateOrTime } from './question-dates'
import type { SpellingCorrector } from './spelling'
import type { Synonyms } from './synonyms'
import { withoutVagueTime } from './vague-times'

/** Longest question the planner reads; what is longer is cut. */
export const MAX_QUESTION_CHARACTERS = 400
/** Placeholders of one kind the model's vocabulary has. */
const MAX_PLACEHOLDERS = 6


/** What the model reads at once: a question, or one of two that are joined. */
export interface ReadableQuestion {
  /** Lower-case words; appliances, periods, periods to come, numbers and clusters stand as a1, p1, f1, n1, c1. */
  words: string[]
  /** What each placeholder stands for, as a plan writes it. */
  values: Map<string, string>
}

export interface NormalisedQuestion extends ReadableQuestion {
  /** The questions it is made of, each with placeholders of its own; one where it asks one. */
  clauses: ReadableQuestion[]
  /** A time it names that no calendar here knows, such as "half term"; null where it names none. */
  vagueTime: string | null
  /** Share of the words that the planner's vocabulary has, 0..1. */
  knownShare: number
}

export interface QuestionLexicon {
  spelling: SpellingCorrector
  synonyms: Synonyms
}

export interface NormaliseOptions {
  /** The moment of asking in the site's time zone: dates without a year are the most recent ones before it. */
  now: DateTime
  /** Names of the site's device clusters. */
  clusters: readonly string[]
}

const RANGE_START = new RegExp(`^([ndmyt]\\d|${[...MONTHS, ...WEEKDAYS, ...WEEKDAYS.map((day) => day.slice(0, 3))].join('|')})$`)
/** Behind a number and a dash: what it counts, no end of a range. */
const COUNTED = /^(?:min|minute|hour|hr|day|week|month|year|quarter|phase|watt|kw|volt)/
/** Behind one of these "'s" says that something is, as in "the oven's still on". */
const BEING = /^\s+(?:on|off|done|ready|still|running|going|not|ok|okay|fine|broken|stuck|home|at|in|away|out|asleep)\b/
const rangeDash = new RegExp(
  String.raw`\s*[-–—]+\s*(?=\d|(?:the|last|this|now|today|yesterday|tomorrow|noon|midnight)\b|` +
    `(?:${[...MONTHS, ...WEEKDAYS].map((name) => name.slice(0, 3)).join('|')}))`,
  'y',
)
const number = /(\d+(?:[.,]\d+)?)([a-z]*)/y
const word = /[a-z]+(?:'[a-z]+)*'?\d*/y

function plainText(question: string): string {
  return question
    .slice(0, MAX_QUESTION_CHARACTERS * 4)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u200b-\u200f\u2028-\u202e\u2060\ufeff]/g, '')
    .toLowerCase()
    .replace(/[’‘`´]/g, "'")
    .replace(/€/g, ' euros ')
    .replace(/£/g, ' pounds ')
    .replace(/\$/g, ' dollars ')
    .replace(/[¥₹₩₺₽₪₫₦฿]/g, ' euros ')
    .replace(/%/g, ' percent ')
    .replace(/\bco\s?2(?:eq?)?\b/g, 'co2')
    // A voltage or a power, not one number against or with another.
    .replace(/\b([1-4]\d\d(?:[.,]\d+)?) v\b/g, '$1v')
    .replace(/\b(\d{3,5}) w\b(?!\s*[/\d])/g, '$1w')
    .replace(/\b3 ?d[ -](?=print)/g, '')
    .slice(0, MAX_QUESTION_CHARACTERS)
}

/** What the planner's model reads of a question. Never throws; an empty or unreadable question has no words. */
export function normaliseQuestion(
  question: string,
  options: NormaliseOptions,
  { spelling, synonyms }: QuestionLexicon,
): NormalisedQuestion {
  const said = withoutVagueTime(plainText(question))
  const text = plainTimes(said.text, options.now)
  const words: string[] = []
  const values = new Map<string, string>()
  const counts = new Map<string, number>()
  const clusters = options.clusters.filter((name) => name.trim() !== '').toSorted((one, other) => other.length - one.length)
  let known = 0

  const placeholder = (kind: string, value: string): void => {
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    if (count > MAX_PLACEHOLDERS) return
    known += 1
    words.push(`${kind}${count}`)
    values.set(`${kind}${count}`, value)
  }
  const plain = (raw: string): void => {
    const replaced = REPLACEMENTS[raw] ?? spelling.split(raw) ?? raw
    for (const part of replaced.split(' ')) {
      const corrected = spelling.correct(part)
      if (corrected !== UNKNOWN_WORD) known += 1
      words.push(corrected)
    }
  }

  let at = 0
  while (at < text.length) {
    const startsWord = at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]!)
    const cluster = startsWord ? clusters.find((name) => standsAt(text, at, name.toLowerCase())) : undefined
    if (cluster) {
      placeholder('c', cluster)
      at += cluster.length
      continue
    }
    const dated = startsWord ? readDateOrTime(text, at, options.now) : null
    if (dated) {
      placeholder(dated.kind, dated.value)
      at += dated.length
      continue
    }
    number.lastIndex = at
    const numeric = number.exec(text)
    if (numeric) {
      placeholder('n', numeric[1]!.replace(',', '.'))
      if (numeric[2]) plain(ATTACHED_UNITS[numeric[2]] ?? numeric[2])
      at += numeric[0].length
      continue
    }
    word.lastIndex = at
    const lettered = word.exec(text)
    if (lettered) {
      at += lettered[0].length
      const raw = lettered[0].replace(/'s$/, (ending) => (contracts(lettered[0]) ? ending : '')).replace(/'/g, '')
      const value = NUMBER_WORDS[raw]
      const apart = APOSTROPHES[lettered[0]]
      if (apart) for (const part of apart.split(' ')) plain(part)
      else if (value === undefined) {
        plain(raw)
        if (lettered[0].endsWith("'s") && !contracts(lettered[0]) && BEING.test(text.slice(at))) plain('is')
      }
      else placeholder('n', String(value))
      continue
    }
    rangeDash.lastIndex = at
    const dash = rangeDash.exec(text)
    const isCount = dash && /^n\d$/.test(words.at(-1) ?? '') && COUNTED.test(text.slice(at + dash[0].length))
    if (dash && !isCount && RANGE_START.test(words.at(-1) ?? '')) {
      // "3 november - 5 november", "mon-fri", "18:00-20:00"
      words.push('to')
      known += 1
      at += dash[0].length
      continue
    }
    if (text[at] === '&') {
      plain('and')
      at += 1
      continue
    }
    const other = /[\p{L}\p{N}]+/uy
    other.lastIndex = at
    const foreign = other.exec(text)
    if (foreign) words.push(UNKNOWN_WORD)
    at += foreign ? foreign[0].length : 1
  }
  const readable = (clause: readonly string[]): ReadableQuestion => {
    const own = new Map(values)
    return { words: liftNames(clause, own, { now: options.now, values: own }), values: own }
  }
  const replaced = synonyms.replace(words)
  const knownShare = words.length === 0 ? 0 : known / words.length
  return { ...readable(replaced), clauses: splitClauses(replaced).map(readable), vagueTime: said.vagueTime, knownShare }
}

/** Whether "'s" is a contraction of "is" here, not a possessive. */
function contracts(text: string): boolean {
  return /^(what|wot|wat|how|where|when|who|why|it|that|there|let)'s$/.test(text)
}

function standsAt(text: string, at: number, name: string): boolean {
  return text.startsWith(name, at) && !/[\p{L}\p{N}]/u.test(text[at + name.length] ?? ' ')
}
