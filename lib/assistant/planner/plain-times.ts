import type { DateTime } from 'luxon'
import { WEEKDAYS } from './lexicon'

/** Ways to name a time that are put plainly before dates and times are read: "between six and nine this evening". */

const HOURS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']
const HOUR = String.raw`(\d{1,2}(?:[:.h]\d\d)?|${HOURS.join('|')})`
const MONTH = '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|' +
  'nov(?:ember)?|dec(?:ember)?)'
const DAY_WORD = String.raw`\b(?:today|yesterday|(?:last )?night|overnight|morning|afternoon|evening|days? ago|` +
  String.raw`${WEEKDAYS.join('|')}|${WEEKDAYS.map((day) => day.slice(0, 3)).join('|')}|${MONTH}|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2})\b`
const NOT_HOURS = String.raw`(?!\s*(?:of\s+)?${MONTH}(?![a-z]))(?![\d:./]|st\b|nd\b|rd\b|th\b)` +
  String.raw`(?!\s*(?:days?|weeks?|months?|years?|minutes?|times|runs|loads|kwh|kw|w|watts?|percent|euros?|dollars?|pounds?)\b)`
const HOUR_RANGE = new RegExp(
  String.raw`\b(?:(?:in |over |for )?(?:the )?(?:hours? )?(?:between|from) )${HOUR}\s*(?:o\W?\s?clock|h\b|am\b|pm\b)?\s*(?:and|to|until|till|-|–)\s*` +
    String.raw`${HOUR}${NOT_HOURS}(?:\s*(?:o\W?\s?clock|h(?:ours)?|(am|pm|a\.m\.?|p\.m\.?))(?![a-z]))?`,
)
const MERIDIEM_FIRST = /\b(?:between|from)\s+\S+?\s*(am|pm)\s*(?:and|to|until|till|-|–)/
const PART = /\b(?:in the |this |at )?(morning|afternoon|evening|night)\b/
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
  let result = text
  for (const [pattern, plain] of REWRITES) result = result.replace(pattern, (_, ...rest) => plain(rest as string[], now))
  if (SUPERLATIVE.test(result) && EVER.test(result)) result = `${result.replace(EVER, '').replace(/[?.!\s]+$/, '')} of all time`
  return plainHours(result)
}

function plainHours(text: string): string {
  const range = HOUR_RANGE.exec(text)
  if (!range) return text
  const [said, from = '', to = '', meridiem] = range
  const rest = `${text.slice(0, range.index)} ${text.slice(range.index + said.length)}`
  const isClock = /clock|[:.h]\d\d|[ap]m/.test(said)
  if (!isClock && !meridiem && !new RegExp(DAY_WORD).test(rest)) return text
  const part = PART.exec(rest)?.[1] ?? (/\bovernight\b/.test(rest) ? 'night' : undefined)
  const first = MERIDIEM_FIRST.exec(said)?.[1] ?? meridiem
  const [start, end] = [clockOf(from, first, part, 'start'), clockOf(to, meridiem ?? first, part, 'end')]
  if (!start || !end) return text
  let before = text.slice(0, range.index).replace(/\bovernight\b/, 'last night')
  let after = text.slice(range.index + said.length)
  if (part && part !== 'night') {
    const dropped = (side: string) => side
      .replace(/\bthis (?:morning|afternoon|evening)\b/, 'today')
      .replace(/\s?\b(?:in the )?(?:morning|afternoon|evening)\b/, '')
    before = dropped(before)
    after = dropped(after)
  }
  return `${before}from ${start} to ${end}${after}`
}

/** "HH:mm" of an hour as said; null where it is none. Without am or pm, the part of the day named beside it says which is meant. */
function clockOf(said: string, meridiem: string | undefined, part: string | undefined, side: 'start' | 'end'): string | null {
  const [hours = '', minutes = '00'] = said.split(/[:.h]/)
  let hour = /^\d/.test(hours) ? Number(hours) : HOURS.indexOf(hours) + 1
  if (hour > 24 || Number(minutes) > 59) return null
  const isEvening = part === 'evening' || part === 'afternoon' || (part === 'night' && hour >= (side === 'start' ? 6 : 9))
  if (meridiem ? meridiem.startsWith('p') : isEvening) hour = hour < 12 ? hour + 12 : hour
  if ((meridiem?.startsWith('a') || (part === 'night' && !meridiem)) && hour === 12) hour = 0
  return `${String(hour % 24).padStart(2, '0')}:${minutes}`
}
