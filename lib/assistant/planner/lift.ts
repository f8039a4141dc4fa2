import { MONTHS, SEASONS, WEEKDAYS } from './lexicon'
import { DAY, readPeriodAt } from './lift-periods'
import type { LiftContext } from './period-rules'
import { settleSides } from './period-sides'
import { periodBefore, periodWords } from './plan-periods'
import { PLAN_APPLIANCES } from './plan-words'

/** Placeholders of one kind the model's vocabulary has. */
const MAX_PLACEHOLDERS = 4

/** Words that say nothing more before an appliance. */
const DETERMINERS: ReadonlySet<string> = new Set(
  ['the', 'our', 'my', 'your', 'that', 'this', 'these', 'those', 'his', 'her', 'their'],
)
/** Words that say nothing more before a period. */
const PREPOSITIONS: ReadonlySet<string> = new Set([
  'in', 'on', 'over', 'during', 'for', 'at', 'within', 'throughout', 'across', 'the', 'whole', 'entire', 'all', 'of', 'just',
  'by', 'from', 'around', 'so', 'far',
])
/** Words of these stand before a period only. */
const BEFORE_A_FUTURE: ReadonlySet<string> = new Set(['by', 'until', 'till'])
/** Behind one of these "on" says that something runs, not when. */
const ON_STATE = new RegExp(
  '^(?:a\\d|was|were|is|are|it|been|be|left|anything|something|everything|nothing|stay|stayed|still|had|have|turned|come|came|' +
    'go|went|that|thing|toaster)$',
)
const TAIL = /^(?:so far|to date|up to now|until now)(?= |$)/
/** What the synonyms make of "the day before", "the week before it" and the like. */
const BEFORE = 'onebefore'
/** Words that ask for a comparison, in which "from september to october" is two periods, not one. */
const COMPARISON = new RegExp(
  '\\b(?:compare|comparison|difference|different|differ|changed?|drop|dropped|rise|risen|rose|fall|fallen|fell|increased?|' +
    'decreased?|jump|jumped|grow|grew|grown|shrink|shrank|shrunk|crept|delta|(?:go|gone|went|come|came) (?:up|down))\\b',
)
const TWO_SIDES = /\b(?:with|vs|than|and)\b.*\b(?:from|to|until|between)\b/
/** "may" is a month only behind one of these, or as the last word. */
const BEFORE_MAY = /^(?:in|during|for|of|since|last|this|until|till|to|and|or|with|than|vs|from|by)$/

/** "this may be a silly question" names no month. */
const THIS_MAY = /^this may (?:be|sound|seem|not|well|come|surprise|only|take|help|appear)(?= |$)/

/** Words of periods, so that misspelt ones are put right. */
export const PERIOD_WORDS: readonly string[] = [
  ...WEEKDAYS, ...MONTHS, ...SEASONS,
  ...('today yesterday tomorrow tonight night morning afternoon evening overnight last this next coming upcoming current week ' +
    'weekend month quarter year weeks months quarters years days hours minutes day hour minute fortnight since between until ' +
    'till from through ago back earlier before after few couple several recent christmas easter eve boxing new rest remainder ' +
    'end start beginning first second third fourth half midnight lifetime history future ever later date time all whole entire ' +
    'q1 q2 q3 q4 ytd mtd while slept asleep everyone everybody').split(' '),
]

/** Lifts appliances and periods out of a question, as a1 and p1 (f1: to come); `values` gets what they stand for. */
export function liftNames(words: readonly string[], values: Map<string, string>, context: LiftContext): string[] {
  const lifted = liftPeriods(liftAppliances(words, values), values, context)
  settleSides(lifted, values, context.now)
  return lifted
}

/** The placeholder of a value, the same one for the same value; undefined where all are taken. */
function placeholderFor(kind: string, value: string, values: Map<string, string>): string | undefined {
  for (let number = 1; number <= MAX_PLACEHOLDERS; number += 1) {
    const name = `${kind}${number}`
    const taken = values.get(name)
    if (taken === undefined) values.set(name, value)
    if (taken === undefined || taken === value) return name
  }
  return undefined
}

function liftAppliances(words: readonly string[], values: Map<string, string>): string[] {
  const result: string[] = []
  for (const word of words) {
    const name = PLAN_APPLIANCES.includes(word) ? placeholderFor('a', word, values) : undefined
    if (name) while (DETERMINERS.has(result.at(-1) ?? '')) result.pop()
    result.push(name ?? word)
  }
  return result
}

function liftPeriods(words: readonly string[], values: Map<string, string>, context: LiftContext): string[] {
  const text = words.join(' ')
  const isComparison = COMPARISON.test(text) && !TWO_SIDES.test(text)
  const result: string[] = []
  const withoutDay: string[] = []
  for (let at = 0; at < words.length;) {
    let lead = 0
    const earlier = words[at] === BEFORE ? result.findLast((word) => /^p\d$/.test(word)) : undefined
    if (earlier) {
      const period = periodWords(values.get(earlier)!.split(' '), values)
      result.push(placeholderFor('p', periodBefore(period, context.now), values) ?? BEFORE)
      at += 1
      continue
    }
    let reading = readAt(words, at, result, context, isComparison)
    const isState = words[at] === 'on' && ON_STATE.test(result.at(-1) ?? '')
    while (!reading && !isState && PREPOSITIONS.has(words[at + lead] ?? '') && lead < 6) {
      lead += 1
      reading = readAt(words, at + lead, [...result, words[at + lead - 1]!], context, isComparison)
    }
    const name = reading ? placeholderFor(reading.kind, reading.plan, values) : undefined
    if (!reading || !name) {
      result.push(words[at]!)
      at += 1
      continue
    }
    if (reading.kind === 'f') while (BEFORE_A_FUTURE.has(result.at(-1) ?? '')) result.pop()
    if (lead > 0 && words[at] === 'of') result.push('of')
    result.push(name)
    if (reading.isOfNoDay) withoutDay.push(name)
    at += lead + reading.length
    const tail = TAIL.exec(words.slice(at).join(' '))
    if (tail) at += tail[0].split(' ').length
  }
  return withHoursOfDay(result, withoutDay, values)
}

/** Hours that stand apart from the one day of the question are of that day: "saturday's usage between 14:00 and 16:00". */
function withHoursOfDay(words: string[], withoutDay: readonly string[], values: Map<string, string>): string[] {
  const [hours, ...moreHours] = withoutDay
  const periods = [...new Set(words.filter((word) => /^p\d$/.test(word)))]
  const days = periods.filter((name) => name !== hours && DAY.test(values.get(name) ?? ''))
  if (!hours || moreHours.length > 0 || periods.length !== 2 || days.length !== 1) return words
  const clock = (values.get(hours) ?? '').replace(/^\w+/, '')
  const [kept, dropped] = periods as [string, string]
  values.set(kept, `${values.get(days[0]!)}${clock}`)
  values.delete(dropped)
  return words.filter((word) => word !== dropped)
}

function readAt(words: readonly string[], at: number, before: readonly string[], context: LiftContext, isComparison: boolean) {
  if (words[at] === 'may' && at + 1 < words.length && !BEFORE_MAY.test(before.at(-1) ?? '')) return null
  if (THIS_MAY.test([...(words[at] === 'may' ? before.slice(-1) : []), ...words.slice(at, at + 3)].join(' '))) return null
  if (words[at] === 'to' && words[at + 1] === 'date' && before.at(-1) === 'up') return null
  const isEver = words[at] === 'ever' && words[at + 1] !== 'since'
  if (isEver && at < words.length - 1) return null
  return readPeriodAt(words.slice(at), context, isComparison)
}
