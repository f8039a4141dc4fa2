import { DateTime } from 'luxon'
import type { ResolvedPeriod } from '@/lib/contracts/assistant'
import { isPeriodProblem, parsePeriod, type PeriodContext } from '../periods/parse-period'
import { WEEKDAYS } from '../periods/period-text'

export interface PeriodMention {
  text: string
  start: number
  end: number
  /** null: it is none, such as one that is to come, or a weekday that does not fit its date. */
  period: ResolvedPeriod | null
}

const GERMAN: Record<string, string> = {
  januar: 'january',
  februar: 'february',
  märz: 'march',
  mai: 'may',
  juni: 'june',
  juli: 'july',
  oktober: 'october',
  dezember: 'december',
  montag: 'monday',
  dienstag: 'tuesday',
  mittwoch: 'wednesday',
  donnerstag: 'thursday',
  freitag: 'friday',
  samstag: 'saturday',
  sonntag: 'sunday',
  heute: 'today',
  gestern: 'yesterday',
  vorgestern: 'day before yesterday',
  morgen: 'tomorrow',
  'letzte woche': 'last week',
  'letzter woche': 'last week',
  'diese woche': 'this week',
  'dieser woche': 'this week',
  'letzten monat': 'last month',
  'letzter monat': 'last month',
  'diesen monat': 'this month',
  'dieser monat': 'this month',
  'diesem monat': 'this month',
  'letztes jahr': 'last year',
  'letzten jahr': 'last year',
  'dieses jahr': 'this year',
  'diesem jahr': 'this year',
  'letzte nacht': 'last night',
  ostern: 'easter',
  weihnachten: 'christmas',
}
const MONTHS =
  '(?:Jan(?:uary|uar)?|Feb(?:ruary|ruar)?|March|M[aä]rz|Mar|Apr(?:il)?|May|Mai|June?|Juni|July?|Juli|Aug(?:ust)?|Sept?(?:ember)?|O[ck]t(?:ober)?|Nov(?:ember)?|De[cz](?:ember)?)\\.?'
const WEEKDAY =
  '(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag)'
const DAY = '(?:the )?\\d{1,2}(?:st|nd|rd|th|\\.)?'
const UNIT = '(?:minutes?|hours?|days?|weeks?|months?|quarters?|years?)'
const COUNT = '(?:\\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|thirty|few|couple of)'
const DAY_PART = '(?:morning|afternoon|evening|night)'
const YEAR = '(?:,? (?:of )?(?:19|20)\\d{2})?'

/** Longer forms first. Names of months are written large: "may" and "march" are words too. */
const FORMS = [
  `(?:${WEEKDAY},? )?\\d{4}-\\d{2}-\\d{2}`,
  `\\d{4}-\\d{2}(?![\\d-])`,
  `(?:${WEEKDAY},? )?\\d{1,2}\\.\\d{1,2}\\.(?:\\d{4}|\\d{2})(?!\\d)`,
  // Without a year it may as well be an amount at the end of a sentence.
  `(?<=\\b(?:am|vom|zum|bis|seit|on|since|until) )\\d{1,2}\\.\\d{1,2}\\.`,
  `\\d{1,2}\\/\\d{1,2}\\/\\d{2,4}`,
  `${DAY} ?(?:to|-|–|until|bis|and) ?${DAY} (?:of )?${MONTHS}${YEAR}`,
  `(?:${WEEKDAY},? )?(?:the )?${DAY} (?:of )?${MONTHS}${YEAR}`,
  `(?:${WEEKDAY},? )?${MONTHS} (?:the )?\\d{1,2}(?:st|nd|rd|th)?(?![\\d.,]*\\d|%)${YEAR}`,
  `(?:(?:last|this|early|mid|late) )?${MONTHS}${YEAR}`,
  `(?:the )?(?:last|past|previous) ${COUNT} ${UNIT}`,
  `(?:${COUNT}|an?) ${UNIT} (?:ago|earlier)`,
  `(?:the )?(?:last|past|previous) (?:minute|hour|day)(?! of)`,
  `(?:the )?(?:week|month|year|night|day) before (?:last|yesterday)`,
  `(?:last|this|previous|past|current|next) (?:week(?:end)?|month|quarter|year|night|spring|summer|autumn|winter|easter|christmas|${DAY_PART}|${WEEKDAY})`,
  `(?:yesterday|today|tomorrow|${WEEKDAY}) ${DAY_PART}`,
  `overnight|(?:over|during|in|through|throughout) the (?:weekend|${DAY_PART})|at night|this ${DAY_PART}`,
  `(?:calendar )?week \\d{1,2}(?: of \\d{4})?`,
  `Q[1-4](?: (?:of )?\\d{4})?`,
  '(?:the )?day after tomorrow|today|yesterday|tonight|tomorrow|the other day',
  Object.keys(GERMAN)
    .filter((word) => !/^(?:morgen|mai)$/.test(word))
    .join('|'),
  `(?:easter|christmas)(?: (?:19|20)\\d{2})?`,
  `(?:spring|summer|autumn|winter) (?:of )?(?:19|20)\\d{2}(?:\\/\\d{2})?`,
  `${WEEKDAY}s?`,
  `(?:19|20)\\d{2}(?![\\d.,]*\\d|\\s?(?:k|M)?Wh?\\b|\\s?%|\\s?(?:times|runs|kg|g|t|h|min|s|V|A|Hz|euros?|€|EUR|hours|minutes|days)\\b)`,
]
const PATTERN = new RegExp(`(?<![\\p{L}\\d.,])(?:${FORMS.map((form) => `(?:${form})`).join('|')})(?![\\p{L}\\d])`, 'giu')
const isSmallMonth = (text: string) => /^(?:may|march|mar|jan|sat|sun|wed|fri|mon|mai)$/.test(text)

/** Periods and dates that a text names, where they lie, and which time they are. */
export function findPeriods(text: string, context: PeriodContext): PeriodMention[] {
  return [...text.matchAll(PATTERN)].flatMap((match) => {
    if (isSmallMonth(match[0])) return []
    const trimmed = match[0].replace(/[,.]$/, '')
    return [{ text: trimmed, start: match.index, end: match.index + trimmed.length, period: resolve(match[0], context) }]
  })
}

function resolve(text: string, context: PeriodContext): ResolvedPeriod | null {
  const words = inEnglish(text)
  const period = parsePeriod(words, context)
  return isPeriodProblem(period) || !hasItsWeekday(words, period, context) ? null : period
}

const DAY_SECONDS = 86_400
const YEAR_DAYS = 365

/**
 * What is named as a time to come: tomorrow, a weekday of the coming week, a date of the coming year or of a year that is named.
 * @returns null where it cannot be one
 */
export function findTimeToCome(text: string, context: PeriodContext): ResolvedPeriod | null {
  const words = inEnglish(text).replace(/^(?:this|next) (?=\w+day$)/, '')
  const { nowSeconds, timeZone } = context
  const startIn = (days: number) => DateTime.fromSeconds(nowSeconds, { zone: timeZone }).plus({ days }).set({ hour: 12 }).toSeconds()
  const seenFrom = (seconds: number, said = words) => parsePeriod(said, { ...context, nowSeconds: seconds })
  const isWeekday = WEEKDAYS.some((name) => words === name || words === name.slice(0, 3))
  const isDate = /\d/.test(words) && !/\b(?:last|past|previous|ago|earlier|week|q[1-4])\b/.test(words)
  const period =
    words === 'tomorrow' ? seenFrom(startIn(1), 'today')
    : /^(?:the )?day after tomorrow$/.test(words) ? seenFrom(startIn(2), 'today')
    : isWeekday ? seenFrom(nowSeconds + 6 * DAY_SECONDS)
    : isDate ? seenFrom(nowSeconds + (/\b20\d{2}\b/.test(words) ? 10 : 1) * YEAR_DAYS * DAY_SECONDS)
    : null
  if (!period || isPeriodProblem(period) || period.to <= nowSeconds) return null
  return hasItsWeekday(words, period, context) ? period : null
}

function inEnglish(text: string): string {
  let words = text
    .toLowerCase()
    .replace(/^(?:early|mid|late) /, '')
    .replace(/(day)s$/, '$1')
  for (const [german, english] of Object.entries(GERMAN))
    words = words.replace(new RegExp(`(?<!\\p{L})${german}(?!\\p{L})`, 'u'), english)
  return words.replace(/(\d{1,2})\. (?=[a-z])/, '$1 ')
}

/** A date that is named with another weekday than its own is none. */
function hasItsWeekday(words: string, period: ResolvedPeriod, context: PeriodContext): boolean {
  const weekday = WEEKDAYS.findIndex((name) => new RegExp(`^(?:${name}|${name.slice(0, 3)}) ?,?(?= )`).test(words)) + 1
  const isDated = weekday > 0 && /\d/.test(words)
  const actual = DateTime.fromSeconds(period.from, { zone: context.timeZone }).weekday
  return !isDated || actual === weekday
}

/** "since yesterday": what stands for a time only together with the word before it; null where that is none. */
export function findOpenPeriod(words: string, context: PeriodContext): ResolvedPeriod | null {
  const period = parsePeriod(words, context)
  return isPeriodProblem(period) ? null : period
}

export interface ClockMention {
  text: string
  start: number
  end: number
  minutes: number
  /** Minutes that it may be off. */
  tolerance: number
}

/** Times of day such as 19:30, 7 pm, 7:30 p.m., 19 Uhr, noon. */
export function findClocks(text: string): ClockMention[] {
  const pattern =
    /(?<![\p{L}\d.,:])(?:(\d{1,2})[:.h](\d{2})(?::\d{2})?\s?(a\.?m\.?|p\.?m\.?|uhr)?|(\d{1,2})\s?(a\.?m\.?|p\.?m\.?|o'?clock|uhr)|(noon|midnight|midday|mittag|mitternacht))(?![\p{L}\d])/giu
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [raw, hour, minute, half, bareHour, bareHalf, word] = match
    // 19.30 without a word is a decimal number.
    if (hour && /^\d{1,2}\.\d{2}/.test(raw) && !half) return []
    const suffix = (half ?? bareHalf ?? '').toLowerCase().replaceAll('.', '')
    let hours = word ? (/mid(?:night)|mitternacht/i.test(word) ? 0 : 12) : Number(hour ?? bareHour)
    if (suffix === 'am' || suffix === 'pm') hours = (hours % 12) + (suffix === 'pm' ? 12 : 0)
    const isAbout = /(?:about|around|roughly|shortly|circa|etwa|gegen)\s*$/i.test(
      text.slice(Math.max(0, match.index - 10), match.index),
    )
    const minutes = hours * 60 + Number(minute ?? 0)
    return [{ text: raw, start: match.index, end: match.index + raw.length, minutes, tolerance: isAbout ? (minute ? 5 : 30) : 1 }]
  })
}
