import type { PeriodContext } from '../periods/parse-period'
import type { Unsupported } from './claims-without-numbers'
import type { Evidence } from './evidence'
import { findClocks, findOpenPeriod, findPeriods, findTimeToCome, type PeriodMention } from './find-periods'
import { isMomentCalledSo, type MomentNear } from './moment-roles'

export interface SentenceTimes {
  /** Those that stand for a period of the results. */
  periods: PeriodMention[]
  /** Days and months that a moment of the results lies in. */
  dated: PeriodMention[]
  /** Dates without a time of day that say when something was, not when it began, ended or is due. */
  bareDates: PeriodMention[]
  linked: { start: number; end: number; figureId?: string }[]
  unsupported: Unsupported[]
}

const MOST_BEFORE = 70
/** A day on which a period begins or ends is named only as that. */
const BORDER_WORDS = new RegExp(
  '(?:\\b(?:since|until|till|from|to|through|and|between|before|after|by|begin\\w*|began|start\\w*|end\\w*|bis|seit|vom|von|zum|ab|und)' +
    '\\s(?:on |am )?(?:the )?|[-–—]\\s?)$',
  'iu',
)
const OF_AN_EVENT =
  /\b(?:began|begun|begins?|ended|ends?|start\w*|since|until|from|reach\w*|last|latest|newest|recent|first|seen|due|expected|between|and|read|most came|least came)\b[^.;,]{0,20}$/iu

/** The times that a sentence names: of what the results are, which of their moments, or nothing that they know. Masks them all. */
export function checkTimes(
  sentence: string,
  text: () => string,
  evidence: Evidence,
  parsing: PeriodContext,
  mask: (start: number, end: number) => void,
): SentenceTimes {
  const found: SentenceTimes = { periods: labelMentions(text(), evidence), dated: [], bareDates: [], linked: [], unsupported: [] }
  const { periods, dated, linked, unsupported } = found
  for (const { start, end } of periods) mask(start, end)
  const isOnlyRun = hasOneRun(evidence)
  const nearOf = (start: number, earlier: readonly { end: number }[]): MomentNear => {
    const from = Math.max(0, start - MOST_BEFORE, ...earlier.map((other) => other.end).filter((at) => at <= start))
    return { before: sentence.slice(from, start), isOnlyRun, nowSeconds: parsing.nowSeconds }
  }
  for (const mentioned of findPeriods(text(), parsing)) {
    const mention = { ...mentioned, period: timeOf(mentioned, evidence, parsing) }
    const { start, end, period } = mention
    mask(start, end)
    const since = /\b(?:since|until|till|before|after) (?:the )?$/i.exec(sentence.slice(0, start))
    const isOpen = since !== null && period !== null && evidence.momentAt(period) === null
    const opened = isOpen ? findOpenPeriod(`${since[0]}${mention.text}`, parsing) : period
    const known = opened && evidence.knows(opened)
    if (known === 'period') periods.push(mention)
    else if (known === 'moment' && period) {
      const near = nearOf(start, [...periods, ...dated])
      const moment = evidence.momentAt(period, (candidate) => isMomentCalledSo(candidate, near))
      dated.push(mention)
      if (moment) linked.push({ start, end, figureId: moment.id })
      else unsupported.push({ start, end, reason: 'it was something else at this time' })
    } else if (known === 'border' && BORDER_WORDS.test(sentence.slice(0, start))) dated.push(mention)
    else if (mention.text.toLowerCase() !== 'today' || evidence.results.every((result) => result.period !== null)) {
      unsupported.push({ start, end, reason: 'no result is of this time' })
    }
  }
  const clocks = findClocks(text())
  for (const [index, clock] of clocks.entries()) {
    mask(clock.start, clock.end)
    const near = [...dated, ...periods].filter(({ start, end }) => clock.start - end < 14 && start - clock.end < 14)
    const day = near.find(({ period }) => period !== null && period.to - period.from < 91_000)?.period ?? null
    const moment = evidence.clockAt(clock.minutes, clock.tolerance, day, nearOf(clock.start, clocks.slice(0, index)))
    if (moment) linked.push({ start: clock.start, end: clock.end, ...(moment.id !== null && { figureId: moment.id }) })
    else unsupported.push({ start: clock.start, end: clock.end, reason: 'no result has this time of day' })
  }
  const hasClock = (date: PeriodMention) => clocks.some(({ start, end }) => start - date.end < 14 && date.start - end < 14)
  found.bareDates = dated.filter((date) => !hasClock(date) && !OF_AN_EVENT.test(sentence.slice(0, date.start)))
  return found
}

/** What a mention of a time stands for: the past, unless only of the time to come the results say something. */
function timeOf({ text, period }: PeriodMention, evidence: Evidence, parsing: PeriodContext): PeriodMention['period'] {
  if (period && evidence.knows(period)) return period
  const toCome = findTimeToCome(text, parsing)
  return toCome && evidence.knows(toCome) ? toCome : period
}

function hasOneRun({ figures }: Evidence): boolean {
  const counts = figures.filter(({ label }) => label.startsWith('runs of'))
  return counts.length > 0 && counts.every(({ value }) => value === 1)
}

/** With these beside it a name is of another time than alone: "yesterday evening", "since yesterday". */
const NARROWED_BEFORE = '\\b(?:since|until|till|before|after|early|late) (?:the )?'
const NARROWED_AFTER = ' (?:morning|afternoon|evening|night|from|between|before)\\b'

function labelMentions(text: string, { periods }: Evidence): PeriodMention[] {
  const found: PeriodMention[] = []
  for (const period of periods.toSorted((a, b) => b.label.length - a.label.length)) {
    const words = period.label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const label = new RegExp(`(?<!${NARROWED_BEFORE})(?<![\\p{L}\\d])${words}(?![\\p{L}\\d])(?!${NARROWED_AFTER})`, 'giu')
    for (const match of text.matchAll(label)) {
      const [start, end] = [match.index, match.index + match[0].length]
      if (!found.some((other) => start < other.end && end > other.start)) found.push({ text: match[0], start, end, period })
    }
  }
  return found
}
