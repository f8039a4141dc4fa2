import type { Subject, ToolResult } from '@/lib/contracts/assistant'
import { findNames, type NameMention } from './appliance-lexicon'
import { checkWords, type Unsupported } from './claims-without-numbers'
import { cleanAnswerText, splitSentences } from './clean-text'
import { Evidence } from './evidence'
import { matchQuantity, type SentenceContext } from './match-quantity'
import { findRatios } from './find-ratios'
import { moneyWords } from './money-words'
import { isUnread } from '../wording/question-language'
import { isGerman } from './read-number'
import { findQuantities, type MoneyWords } from './read-numbers'
import { checkTimes } from './sentence-times'

export interface GroundingContext {
  /** IANA name. */
  timeZone: string
  /** ISO 4217. */
  currency: string
  /** When the results were made, Unix seconds. */
  nowSeconds: number
  firstReadingAt?: number | null
  /** Names that may be said though no result has them: the site, its place. */
  names?: readonly string[]
  /** Sentences of tools, which may be said as they are. */
  notes?: readonly string[]
}

export interface GroundedSegment {
  text: string
  /** The figure or moment that it is. */
  figureId?: string
  /** Why no result supports it. */
  unsupported?: string
}

export interface UnsupportedClaim {
  text: string
  /** The whole sentence, for whoever writes it again. */
  sentence: string
  reason: string
}

export interface GroundedAnswer {
  /** Joined they are the answer as it may be shown: without markup, and with nothing hidden. Sentence by sentence. */
  sentences: GroundedSegment[][]
  segments: GroundedSegment[]
  unsupported: UnsupportedClaim[]
  /** 0..1, see `confidenceOf`. */
  confidence: number
}

/**
 * Holds a free text against the results that it should be made of. Every number, unit, percentage, amount, time of day, date,
 * length of time, appliance and device is looked up; so are states ("is on"), ranks ("the most") and directions ("more than last
 * week"). A number may be rounded as it is printed (whole numbers that end in zeros to three digits; to 5 % after "about") and in
 * another unit, but not calculated: a difference or share must be a figure of its own. It must also be of the time and the thing that the sentence
 * names. Digits that were understood as nothing count as unsupported.
 */
export function groundAnswer(text: string, results: readonly ToolResult[], context: GroundingContext): GroundedAnswer {
  const evidence = new Evidence(results, context.timeZone, context.nowSeconds)
  const clean = cleanAnswerText(text)
  const german = isGerman(clean)
  const money = moneyWords(context.currency)
  const grounded: GroundedSegment[][] = []
  const unsupported: UnsupportedClaim[] = []
  let claims = 0
  let inherited: Subject[] = []
  for (const sentence of splitSentences(clean)) {
    const checked = checkSentence(sentence, evidence, context, { german, money, inherited })
    claims += checked.claims
    grounded.push(checked.segments)
    for (const { start, end, reason } of checked.unsupported) {
      unsupported.push({ text: sentence.slice(start, end), sentence: sentence.trim(), reason })
    }
    if (checked.subjects.length > 0) inherited = checked.subjects
  }
  return {
    sentences: grounded,
    segments: grounded.flat(),
    unsupported,
    confidence: confidenceOf(claims, unsupported.length, results),
  }
}

/**
 * How far an answer can be relied on: the share of its claims that results support, times a factor for the data, which is 1 where
 * all of the time was measured and a half where none was. An answer without claims has only the second.
 */
export function confidenceOf(claims: number, unsupported: number, results: readonly ToolResult[]): number {
  const matched = claims === 0 ? 1 : Math.max(0, claims - unsupported) / claims
  const coverage = Math.min(1, ...results.flatMap((result) => result.coverage ?? []))
  return matched * (0.5 + 0.5 * coverage)
}

/** The answer without the sentences that say something unsupported. */
export function withoutUnsupported({ sentences }: GroundedAnswer): GroundedSegment[] {
  return sentences.filter((segments) => segments.every(({ unsupported }) => unsupported === undefined)).flat()
}

/** The whole answer, with a mark behind what is unsupported. */
export function markUnsupported({ segments }: GroundedAnswer): GroundedSegment[] {
  return segments.map((segment) =>
    segment.unsupported === undefined ? segment : { ...segment, text: `${segment.text} [unverified]` },
  )
}

interface Manner {
  german: boolean
  money: MoneyWords
  inherited: readonly Subject[]
}

interface Linked {
  start: number
  end: number
  figureId?: string
}

function checkSentence(sentence: string, evidence: Evidence, context: GroundingContext, { german, money, inherited }: Manner) {
  const linked: Linked[] = []
  const unsupported: Unsupported[] = []
  let masked = sentence.replace(/CO2/gi, '   ').replace(/\b(?:EN|IEC)[ -]?\d{4,5}\b/g, blank)
  const mask = (start: number, end: number) => (masked = masked.slice(0, start) + ' '.repeat(end - start) + masked.slice(end))
  maskKnownWords(masked, evidence, context, mask)
  const parsing = { timeZone: context.timeZone, nowSeconds: context.nowSeconds, firstReadingAt: context.firstReadingAt ?? null }
  const times = checkTimes(sentence, () => masked, evidence, parsing, mask)
  const { periods, dated, bareDates } = times
  linked.push(...times.linked)
  unsupported.push(...times.unsupported)
  const names: NameMention[] = findNames(masked)
  const quantities = [...findRatios(masked, mask), ...findQuantities(masked, money, german)].sort((a, b) => a.start - b.start)
  const said: SentenceContext = {
    text: sentence,
    names,
    periods: periods.toSorted((a, b) => a.start - b.start),
    bareDates,
    quantities,
    inherited,
  }
  let hasSupportedChange = false
  for (const quantity of quantities) {
    mask(quantity.start, quantity.end)
    const match =
      quantity.kind === 'unknown' ? { reason: 'no result has a number of this kind' } : matchQuantity(quantity, said, evidence)
    if ('reason' in match) unsupported.push({ start: quantity.start, end: quantity.end, reason: match.reason })
    else {
      linked.push({ start: quantity.start, end: quantity.end, figureId: match.figure.id })
      hasSupportedChange ||= /^(?:change|difference)/.test(match.figure.label)
    }
  }
  for (const left of masked.matchAll(LEFT_OVER)) {
    unsupported.push({ start: left.index, end: left.index + left[0].length, reason: 'this number cannot be read' })
  }
  const isTold = isNote(sentence, evidence, context)
  if (isUnread(sentence)) {
    unsupported.push({ start: 0, end: sentence.trimEnd().length, reason: 'what is said in this language cannot be checked' })
  }
  const hasSupportedNumber = linked.some(({ figureId }) => figureId !== undefined)
  const words = isTold
    ? { unsupported: [], count: 1 }
    : checkWords(
        {
          text: wordsOf(sentence, evidence, context),
          names,
          periods,
          inherited,
          hasSupportedNumber,
          hasSupportedChange,
          namesTime: periods.length + dated.length > 0,
        },
        evidence,
      )
  // What is asked, or offered before anything was looked up, states nothing about a time.
  const isAsked = /\?\s*["”’]?\s*$/.test(sentence) || (evidence.results.length === 0 && words.unsupported.length === 0)
  const isIdle = isAsked && quantities.length === 0
  const isStated = ({ start, end }: Unsupported) => !isIdle || /\d/.test(sentence.slice(start, end))
  const wrong = isTold ? [] : [...unsupported.filter(isStated), ...words.unsupported]
  return {
    unsupported: wrong,
    claims: linked.length + wrong.length - words.unsupported.length + periods.length + words.count,
    subjects: [...new Set(names.flatMap(({ subject }) => subject ?? []))],
    segments: toSegments(sentence, linked, wrong),
  }
}

/** Whether a sentence is one that a tool has said. */
function isNote(sentence: string, evidence: Evidence, context: GroundingContext): boolean {
  const notes = [...evidence.notes, ...(context.notes ?? [])].flatMap((note) => [note, ...splitSentences(cleanAnswerText(note))])
  return notes.some((note) => note.trim() === sentence.trim())
}

const blank = (text: string) => ' '.repeat(text.length)
const LEFT_OVER =
  /\ufffd+|\b[IVXLCDM]+(?=\s?(?:kWh|Wh|kW|W|€|%|kg|hours?|times|days?)\b)|[\p{L}]*[\p{Nd}\p{Nl}\p{No}][\p{L}\p{N}.,]*|\b(?:dozens?|hundreds?|thousands?|millions?|twice|thrice|double[ds]?|triple[ds]?|tripled|halved|quadrupled|doppelt\w*|hälfte|drittel|dutzend)\b|\p{L}*(?:zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig|hundert|tausend)\p{L}*|[一二三四五六七八九十百千]+/giu

const UNIT_NEXT = /^\s?(?:[kMG]?Wh?|€|\$|%|kg|g|V|A|Hz|h|min|hours?|minutes?|times|runs?|days?|euros?|cents?)\b/i

/** A name that reads like a statement is looked at like one: "the dryer is off", "dryer ran 99 times". */
const CLAIMS =
  /\d\s?(?:[kMG]?Wh?|[€$£%]|kg|g|[VAhs]|Hz|min|(?:hour|minute|second|time|run|day|week|month|year|euro|cent|watt|percent)s?|EUR|USD|GBP|CHF|kilowatt\w*|prozent)(?![\p{L}])|(?<!\p{L})(?:is|are|was|were|has|have|had|will|used|uses|ran|runs|draws?|drew|costs?|saved?|ist|war|hat)(?!\p{L})/iu

/** Names are data: a number in one is no claim. One that reads like a quantity, or is a mere number, is not believed. */
function maskKnownWords(
  text: string,
  evidence: Evidence,
  context: GroundingContext,
  mask: (start: number, end: number) => void,
): void {
  for (const name of [...evidence.names, ...(context.names ?? [])]) {
    if (!/\d|[½¼]/.test(name) || !/\p{L}{2}/u.test(name) || CLAIMS.test(name)) continue
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
      const isWhole = !/[\p{L}\d.,]$/u.test(text.slice(0, at)) && !/^(?:[\p{L}\d]|[.,]\d)/u.test(text.slice(at + name.length))
      if (isWhole && !UNIT_NEXT.test(text.slice(at + name.length))) mask(at, at + name.length)
    }
  }
  for (const found of text.matchAll(/\bquarter(?:s)? of an hour\b|\bfifteen[- ]minute\b|\bten-minute\b|\bViertelstunde\b/gi)) {
    mask(found.index, found.index + found[0].length)
  }
}

/** What a device is called is not looked at as a statement. */
function wordsOf(sentence: string, evidence: Evidence, context: GroundingContext): string {
  const named = [...evidence.names, ...(context.names ?? [])].filter(
    (name) => /\b(?:on|off|running|more|less|most)\b/i.test(name) && name.length > 3 && !CLAIMS.test(name),
  )
  return named.reduce((text, name) => text.replaceAll(name, blank(name)), sentence)
}

function toSegments(sentence: string, linked: readonly Linked[], unsupported: readonly Unsupported[]): GroundedSegment[] {
  const marks: (Linked & { reason: string; isWrong: boolean })[] = [
    ...unsupported.map((mark) => ({ ...mark, isWrong: true })),
    ...linked.map((mark) => ({ ...mark, reason: '', isWrong: false })),
  ].sort((a, b) => a.start - b.start || Number(b.isWrong) - Number(a.isWrong))
  const segments: GroundedSegment[] = []
  let at = 0
  for (const mark of marks) {
    if (mark.start < at) {
      // Two marks on the same words: the worse one counts.
      if (mark.isWrong && segments.at(-1)) Object.assign(segments.at(-1)!, { unsupported: mark.reason })
      continue
    }
    if (mark.start > at) segments.push({ text: sentence.slice(at, mark.start) })
    const text = sentence.slice(mark.start, mark.end)
    if (mark.isWrong) segments.push({ text, unsupported: mark.reason })
    else segments.push(mark.figureId === undefined ? { text } : { text, figureId: mark.figureId })
    at = mark.end
  }
  if (at < sentence.length) segments.push({ text: sentence.slice(at) })
  return segments
}
