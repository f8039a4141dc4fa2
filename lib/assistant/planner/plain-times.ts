import type { DateTime } from 'luxon'
import { MONTH_WORD as MONTH, plainClock } from './plain-clock'
import { plainDialect } from './plain-dialect'
import { plainSpans } from './plain-spans'

/** Ways to name a time that are put plainly before dates and times are read: "between six and nine this evening". */

const METER = '(?:the |our |this |that |a )?(?:smart )?(?:meter|system|sensor|device|box|thing|app|gateway)'
const ORDINALS: Readonly<Record<string, string>> = { '1st': 'first', '2nd': 'second', '3rd': 'third', '4th': 'fourth' }

type Rewrite = [pattern: RegExp, plain: (groups: string[], now: DateTime) => string]

const REWRITES: readonly Rewrite[] = [
  [/\b(?:calendar )?week (?:number|no\.?|nr\.?) ?(\d{1,2})\b/g, ([week]) => `week ${week}`],
  [/\bcw ?(\d{1,2})\b/g, ([week]) => `week ${week}`],
  [/\b(1st|2nd|3rd|4th) (half|quarter|week)\b/g, ([ordinal = '', unit]) => `${ORDINALS[ordinal]} ${unit}`],
  [/\bhalf of (this|the current|last|the previous|the past) year\b/g, ([which = ''], now) => `half of ${yearOf(which, now)}`],
  [new RegExp(String.raw`\b(?:the )?first of (?:the|this) month\b`, 'g'), () => 'the 1st of this month'],
  [new RegExp(String.raw`\b(?:the )?first of last month\b`, 'g'), () => 'the 1st of last month'],
  [new RegExp(String.raw`\b(?:the )?first of (${MONTH})(?![a-z])`, 'g'), ([month]) => `1 ${month}`],
  [new RegExp(String.raw`\b(?:in )?(${MONTH}),? (?:of |in )?(?:the )?(?:year before|(?:previous|past) year|(?:a|one) year ago)(?![a-z])`, 'g'),
    ([month], now) => `in ${month} ${now.year - 1}`],
  [new RegExp(String.raw`\b(?:last year|(?:a|one) year ago|the year before)(?:'?s)?,? (?:in )?(${MONTH})(?![a-z])`, 'g'),
    ([month], now) => `in ${month} ${now.year - 1}`],
  [/\b(?:the )?(night|week|weekend|month|day|evening) (?:(?:that|which)(?:'s| is| has)? |has )?just (?:gone(?: by)?|passed|past|ended|finished|been)\b/g,
    ([unit]) => (unit === 'day' ? 'yesterday' : unit === 'evening' ? 'yesterday evening' : `last ${unit}`)],
  [new RegExp(
    String.raw`\b(?:ever )?since (?:we|i|you)(?:'ve|'ll)? ?(?:have |had )?(?:got|get|gotten|bought|installed|fitted|have|had|own|set up|put in) ` +
      String.raw`${METER}(?: in| installed| set up)?\b`,
    'g',
  ), () => 'of all time'],
  [new RegExp(String.raw`\b(?:ever )?since ${METER} (?:was|is|got|has been|went|came|started|began|exists)` +
    String.raw`(?: (?:installed|fitted|put in|set up|there|here|running|up|in|live|measuring|recording))?\b`, 'g'), () => 'of all time'],
  [/\b(?:so far,? )?(?:all in all|in all|in total|altogether|all told),? (?:so far|up to now|until now|to date)\b/g, () => 'of all time'],
  [/\b(?:so far|up to now|until now),? (?:all in all|in all|in total|altogether|all told)\b/g, () => 'of all time'],
  [/\b(this (week|weekend|month|quarter|year)\b.*? (?:than|with|to|vs|and|or) )(?:the )?last(?=\W*$)/g, ([said, unit]) => `${said}last ${unit}`],
  [/\b((?:day|night|week|weekend|month|year|one) before) (?:it|that|then|this)\b/g, ([phrase]) => phrase!],
]
const SUPERLATIVE = /\b(most|highest|lowest|biggest|largest|greatest|worst|best|peak|maximum|max|record|dearest|cheapest|hungriest)\b/
const EVER = / ever(?= \w)(?! since)/

const yearOf = (which: string, now: DateTime): number => now.year - (/last|previous|past/.test(which) ? 1 : 0)

/** `text`: lower-case. Times of day come out as "18:00", so that they can be told from other numbers. */
export function plainTimes(text: string, now: DateTime): string {
  let result = plainSpans(plainDialect(text, now), now)
  for (const [pattern, plain] of REWRITES) result = result.replace(pattern, (_, ...rest) => plain(rest as string[], now))
  if (SUPERLATIVE.test(result) && EVER.test(result)) result = `${result.replace(EVER, '').replace(/[?.!\s]+$/, '')} of all time`
  return plainClock(result, now)
}
