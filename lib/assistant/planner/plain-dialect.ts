import type { DateTime } from 'luxon'
import { MONTH_WORD } from './plain-clock'

/** Other words for times, put as everybody says them: "arvo", "the past twelvemonth", "week on week", "h1". */

type Rewrite = [pattern: RegExp, plain: (groups: string[], now: DateTime) => string]

const ORDINAL_WORDS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh',
  'twelfth', 'thirteenth', 'fourteenth', 'fifteenth', 'sixteenth', 'seventeenth', 'eighteenth', 'nineteenth', 'twentieth',
  'twenty[- ]first', 'twenty[- ]second', 'twenty[- ]third', 'twenty[- ]fourth', 'twenty[- ]fifth', 'twenty[- ]sixth',
  'twenty[- ]seventh', 'twenty[- ]eighth', 'twenty[- ]ninth', 'thirtieth', 'thirty[- ]first']
const ORDINAL = ORDINAL_WORDS.toReversed().join('|')
const dayOf = (word: string) => ORDINAL_WORDS.findIndex((ordinal) => new RegExp(`^${ordinal}$`).test(word)) + 1
const UNITS: Readonly<Record<string, string>> = { d: 'day', h: 'hour', w: 'week', m: 'month', q: 'quarter', y: 'year' }
const COUNTS: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6 }
const countOf = (word: string) => COUNTS[word] ?? Number(word)

const REWRITES: readonly Rewrite[] = [
  [/\b(?:this arvo|s'?arvo)\b/g, () => 'this afternoon'],
  [/\barvo\b/g, () => 'afternoon'],
  [/\b(this|yesterday|[a-z]+day) (eve|morn)\b(?! of)/g, ([day, part]) => `${day} ${part === 'eve' ? 'evening' : 'morning'}`],
  [/\bmornin\b'?/g, () => 'morning'],
  [/\b(?:this|the) (?:past|last) (?=\w)/g, () => 'last '],
  [/\b(?:this|the|this current|the current) fortnight\b/g, () => 'the last 2 weeks'],
  [/\b(two|three|2|3) fortnights ago\b/g, ([count = '']) => `${2 * countOf(count)} weeks ago`],
  [/\b(?:last|past|previous) (?:twelve|12)[- ]?months?\b/g, () => 'last 12 months'],
  [/\b(week|month|quarter|year)[- ]to[- ]date\b/g, ([unit]) => `this ${unit}`],
  [/\b([wmqy])td\b/g, ([unit = '']) => `this ${UNITS[unit]}`],
  [/\b(last|past|previous) (\d{1,4}) (d|w|h)\b/g, ([last, count, unit = '']) => `${last} ${count} ${UNITS[unit]}s`],
  [/\b(last|past|previous) (?:an? |one |1 )?hour and a half\b/g, ([last]) => `${last} 90 minutes`],
  [/\b(last|past|previous) (\d|two|three|four|five|six) and a half hours\b/g,
    ([last, count = '']) => `${last} ${countOf(count) * 60 + 30} minutes`],
  [/\b(20\d\d)[ /-]?q([1-4])\b/g, ([year, quarter]) => `q${quarter} ${year}`],
  [/\bq([1-4])(?:\s?['/]\s?|-)(?:20)?(\d\d)\b/g, ([quarter, year]) => `q${quarter} 20${year}`],
  [/\bh([12])(?:[ /-]?(?:of )?(20\d\d)| (?:of )?(last|this) year)?\b/g, ([half, year, which], now) => {
    const newest = half === '1' || now.month > 6 ? now.year : now.year - 1
    return `the ${half === '1' ? 'first' : 'second'} half of ${year ?? (which === 'last' ? now.year - 1 : which ? now.year : newest)}`
  }],
  [/\bthis half[- ]year\b/g, (_, now) => `the ${now.month > 6 ? 'second' : 'first'} half of ${now.year}`],
  [/\b(first|second|1st|2nd) half[- ]year\b/g, ([ordinal]) => `${ordinal} half of the year`],
  [/\bhalf of the year(?: (20\d\d))?\b/g, ([year], now) => `half of ${year ?? now.year}`],
  [/\bhalf[- ]year (20\d\d)\b/g, ([year]) => `half of ${year}`],
  [/\b(?:nye|hogmanay|sylvester|silvester)\b/g, () => 'new years eve'],
  [/\bhalloween\b/g, () => '31 october'],
  [/\b(?:st\.? )?valentine'?s?(?:'s)?(?: day)?\b/g, () => '14 february'],
  [/\b(?:bonfire|guy fawkes) night\b/g, () => '5 november evening'],
  [new RegExp(String.raw`\b(?:the )?(${ORDINAL}) (?:of )?(${MONTH_WORD})(?![a-z])`, 'g'), ([day = '', month]) => `${dayOf(day)} ${month}`],
  [new RegExp(String.raw`\b(on|since|until|till|from|to) the (${ORDINAL})(?=\W*$)`, 'g'),
    ([lead, day = '']) => `${lead} the ${ordinalText(dayOf(day))}`],
  [new RegExp(String.raw`\bin (${MONTH_WORD}) (\d\d)(?!\d|st\b|nd\b|rd\b|th\b|,? \d{4}|[:.]\d)`, 'g'), ([month, year], now) =>
    `in ${month} ${Number(year) >= 15 && Number(year) <= now.year % 100 ? 2000 + Number(year) : year}`],
  [new RegExp(String.raw`\b(\d{1,2})\.\s*[-–]\s*(\d{1,2})\.\s*(?=${MONTH_WORD}(?![a-z]))`, 'g'), ([from, to]) => `${from} to ${to} `],
  [/\b(\d{4}-\d\d-\d\d)\s*\.{2,3}\s*(?=\d{4})/g, ([day]) => `${day} to `],
  [/\bthroughout\b/g, () => 'during'],
  [/\bthus far\b/g, () => 'so far'],
  [/\blong weekend\b/g, () => 'weekend'],
  [/\b(?:the )?night before yesterday\b/g, () => 'the night before last'],
  [/\bweek (\d{1,2})(?: (?:of|in))? last year\b/g, ([week], now) => `week ${week} of ${now.year - 1}`],
  [/\bfirst fortnight (?:of|in)\b/g, () => 'first 14 days of'],
  [/\b(spring|summer|autumn|winter) months\b/g, ([season]) => season!],
  [/\bwinter (?:20)?(\d\d)[/-](?:20)?\d\d\b/g, ([year]) => `winter 20${year}`],
  [/\b((?:19|20)\d\d)'s\b/g, ([year]) => year!],
  [/\b(last|past|previous) (\d{1,4}) sec(?:ond)?s\b/g, ([last, count]) => `${last} ${Math.ceil(Number(count) / 60)} minutes`],
  [/\bsince (?:the|this) (week|month|quarter|year) (?:began|begun|started)\b/g, ([unit]) => `since the start of the ${unit}`],
  [/\b(boxing day|good friday|easter monday|easter sunday|christmas (?:eve|day)|new year'?s?(?:'s)? (?:eve|day)),? (?:of )?last year\b/g,
    ([feast = ''], now) => `${feast} ${now.year - 1}`],
  [/\b(?:(?:on|the|all) )*(?:weekdays|working days|week days) (?:of |in )?last week\b|\blast week'?s? weekdays\b/g,
    () => 'from monday to friday last week'],
  [/\b(?:at |around |about )?this time yesterday\b/g, (groups, now) =>
    (/\b(?:than|vs|versus|compare\w*|as|against)\b/.test(groups.at(-1) ?? '') ? 'yesterday' : `yesterday at ${now.toFormat('HH:mm')}`)],
  [/\b(since|around) lunch\b/g, ([lead]) => `${lead} lunchtime`],
  [/\b(?:in |during |over )?(?:the )?(?:early|small|wee) hours(?: of)? (?:this morning|today(?: morning)?)\b|\bin (?:the )?(?:early|small|wee) hours\b(?! of)/g,
    () => 'from 00:00 to 05:00 today'],
  [/\b(?:in |during |over )?(?:the )?(?:early|small|wee) hours (?:of |on )?(yesterday|[a-z]+day)(?: morning)?\b/g,
    ([day]) => `from 00:00 to 05:00 ${day}`],
  [/\bin the middle of the night\b/g, () => 'during the night'],
  [/\b(?:during|in) (?:the )?day(?:time)? (?:on )?(yesterday|[a-z]{3,6}day)\b|\b(yesterday|[a-z]{3,6}day) (?:during the day|(?:during |in )?(?:the )?daytime)\b/g,
    ([one, other]) => `${one ?? other} from 06:00 to 22:00`],
  [/\b(?:the )?(?:whole|entire|full) day (?=yesterday|today|on\b)/g, () => ''],
  [/\bonwards?\b/g, () => 'on'],
  [/\bup (?:until|till|til) (?=now|today|date)/g, () => 'up to '],
]

const CHANGE = /\b(?:(day|week|month|quarter|year)[- ](?:on|over)[- ]\1|(yoy|qoq|y[-/]o[-/]y|m[-/]o[-/]m|w[-/]o[-/]w|q[-/]o[-/]q|d[-/]o[-/]d))\b/
const NAMED = new RegExp(
  String.raw`\b(?:today|yesterday|(?:this|last|past|previous) (?:week|month|quarter|year|weekend|\w+day)|q[1-4]|` +
    String.raw`(?:20)\d\d|${MONTH_WORD}|spring|summer|autumn|winter)\b`,
)

/** "week on week" and the like ask to compare the one in progress with the one before, or the period named with its own before. */
function plainChange(text: string): string {
  const hit = CHANGE.exec(text)
  if (!hit) return text
  const unit = hit[1] ?? UNITS[hit[2]!.charAt(0)]!
  const rest = text.replace(hit[0], ' ').replace(/\s+/g, ' ').replace(/[?.!\s]+$/, '').trim()
  if (NAMED.test(rest)) return `${rest} compared to ${unit === 'year' ? 'the same time last year' : 'the one before'}`
  return `${rest} ${unit === 'day' ? 'today compared to yesterday' : `this ${unit} compared to last ${unit}`}`
}

const IN_LENGTH = /\b(?:with)?in (a|an|one|two|three|four|five|six|\d{1,3}) (hour|day|week|month|year)s?\b(?!'|\s*(?:time|from now))/
const WAS = /\b(?:did|was|were|used|spent|paid|ran|consumed|has|have|had|cost|drew)\b/
const NOT_WAS = /\b(?:will|would|going to|gonna|shall|should|can|could|do|does|forecast|predict|expect|usually|normally|typically|average|if|next)\b|'ll\b/

const TO_COME = /\b(?:will|going to|gonna|forecast|predict)\b|'ll\b/

/** Of what has been, "in one year" and "in 3 days" are the last ones. */
function plainLength(text: string): string {
  if (TO_COME.test(text)) return text.replace(IN_LENGTH, (_, count: string, unit: string) => `over the next ${countOf(count)} ${unit}s`)
  if (!WAS.test(text) || NOT_WAS.test(text)) return text
  return text.replace(IN_LENGTH, (_, count: string, unit: string) =>
    (unit === 'year' ? `over the last ${12 * countOf(count)} months` : `over the last ${countOf(count)} ${unit}s`))
}

/** `text`: lower-case. */
export function plainDialect(text: string, now: DateTime): string {
  let result = text
  for (const [pattern, plain] of REWRITES) result = result.replace(pattern, (_, ...rest) => plain(rest as string[], now))
  return plainLength(plainChange(result))
}

function ordinalText(day: number): string {
  const ending = day % 10 === 1 && day !== 11 ? 'st' : day % 10 === 2 && day !== 12 ? 'nd' : day % 10 === 3 && day !== 13 ? 'rd' : 'th'
  return `${day}${ending}`
}
