import { readNumber } from './read-number'
import type { Quantity } from './read-numbers'

const RATIOS: [RegExp, number][] = [
  [/\b(?:three[- ]quarters|drei viertel)\b/giu, 75],
  [/\b(?:two[- ]thirds|zwei drittel)\b/giu, 66.667],
  [/\b(?:(?:a|one)[- ]third|third of|ein drittel)\b/giu, 33.333],
  [/\b(?:(?:a|one)[- ](?:quarter|fourth)(?: of)?|ein viertel)\b/giu, 25],
  [/\b(?:(?:a|one)[- ]fifth)\b/giu, 20],
  [/\b(?:(?:a|one)[- ]tenth)\b/giu, 10],
  [/\b(?:halved|halves|halving|halbiert)\b/giu, -50],
  [/\b(?:doubled|doubles|doubling|twice as|double the|verdoppelt|doppelt so)\b/giu, 100],
  [/\b(?:tripled|three times as|triple the)\b/giu, 200],
  [/\b(?:half an hour|eine halbe stunde)\b/giu, NaN],
  [/\b(?:half|die hälfte|hälfte)\b/giu, 50],
]
const WITHIN_POINTS = 2.5

/** "half", "a third", "twice as much": shares and changes in words. "Half an hour" and "for an hour" are lengths of time. */
export function findRatios(text: string, mask: (start: number, end: number) => void): Quantity[] {
  const found: Quantity[] = []
  const isFree = (start: number, end: number) => !found.some((other) => start < other.end && end > other.start)
  const add = (match: RegExpMatchArray, quantity: Pick<Quantity, 'kind' | 'value' | 'tolerance'>) => {
    const start = match.index ?? 0
    const end = start + match[0].length
    if (isFree(start, end)) found.push({ ...quantity, text: match[0], start, end })
  }
  for (const [words, percent] of RATIOS) {
    for (const match of text.matchAll(words)) {
      add(
        match,
        Number.isNaN(percent)
          ? { kind: 'duration', value: 1800, tolerance: 90 }
          : { kind: 'percent', value: percent, tolerance: WITHIN_POINTS },
      )
    }
  }
  for (const match of text.matchAll(
    /\b(\d+(?:\.\d+)?|two|three|four|five|six|ten)[- ]?(?:times|x|fold) (?:as|more|higher|larger|the|less|bigger)/gi,
  )) {
    const times = readNumber(match[1] ?? '', false)
    add(
      match,
      times
        ? { kind: 'percent', value: (times.value - 1) * 100, tolerance: WITHIN_POINTS }
        : { kind: 'unknown', value: 0, tolerance: 0 },
    )
  }
  for (const match of text.matchAll(
    /(?<=\b(?:for|took|lasted|lasting|running|takes) (?:about |around |roughly |nearly |almost )?)(?:an?|one) (second|minute|hour|day|week|month)\b/gi,
  )) {
    const seconds =
      { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800, month: 2_630_000 }[(match[1] ?? '').toLowerCase()] ?? 0
    add(match, { kind: 'duration', value: seconds, tolerance: seconds * 0.03 })
  }
  for (const match of text.matchAll(/(?<=\b(?:ran|run|used|started|lief|on)\b[^.]{0,24}?)\b(?:once|einmal|twice|zweimal)\b/gi)) {
    add(match, { kind: 'bare', value: /^(?:once|einmal)$/i.test(match[0]) ? 1 : 2, tolerance: 0.01 })
  }
  for (const { start, end } of found) mask(start, end)
  return found
}
