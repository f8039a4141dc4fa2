import { DateTime } from 'luxon'
import { MONTHS } from './lexicon'

/**
 * Dates, months, years and times of day written with digits or names, read at one place of a lower-case question. Every reader
 * returns null where its form does not stand at `at`.
 */

export type ValueKind = 'd' | 'm' | 'y' | 't'
export interface ReadValue {
  kind: ValueKind
  /** ISO day, "march 2026", year or "18:00", as the plan's period words write it. */
  value: string
  length: number
}

const HOUR_WORDS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']
const monthName =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|' +
  'sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
const patterns = {
  isoDay: /(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/y,
  numericDay: /(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/y,
  shortNumericDay: /(\d{1,2})([/.])(\d{1,2})(?:\.(?!\d)|(?![\d/%]))/y,
  dayMonth: new RegExp(
    `(\\d{1,2})(?:st|nd|rd|th)?(?:\\s+of)?\\s+${monthName}(?![a-z])(?:,?\\s+(?:of\\s+)?(\\d{4})(?!\\d))?`,
    'y',
  ),
  monthDay: new RegExp(
    `${monthName}\\s+(?:the\\s+)?(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:]|\\s*(?:am|pm|days|hours|weeks))(?:,?\\s+(\\d{4})(?!\\d))?`,
    'y',
  ),
  /** The 1st of "1st to 15th of october". */
  sharedMonth: new RegExp(
    '(\\d{1,2})(?:st|nd|rd|th)?(?=\\s*(?:to|and|until|till|through|-|–)\\s*(?:the\\s+)?\\d{1,2}(?:st|nd|rd|th)?' +
      `(?:\\s+of)?\\s+${monthName}(?![a-z])(?:,?\\s+(?:of\\s+)?(\\d{4})(?!\\d))?)`,
    'y',
  ),
  ordinalDay: /(\d{1,2})(?:st|nd|rd|th)(?![a-z])/y,
  monthYear: new RegExp(`${monthName}(?:,?\\s+(?:of\\s+)?|\\s*['-])(\\d{4}|(?<=')\\d{2})(?!\\d)`, 'y'),
  monthRelativeYear: new RegExp(`${monthName}\\s+(?:of\\s+)?(last|this)\\s+year(?![a-z])`, 'y'),
  isoMonth: /(\d{4})[-/](\d{1,2})(?![\d/-])/y,
  numericMonth: /(\d{1,2})\/(\d{4})(?!\d)/y,
  year: /((?:19|20)\d{2})(?![\d.,:]|\s*(?:w|kw|kwh|watts?|euros?|dollars?|pounds?|pence|cents?)(?![a-z]))/y,
  clock: /(\d{1,2})[:h.](\d{2})(?!\d)\s*(am|pm|a\.m\.?|p\.m\.?)?(?![a-z])/y,
  hour: /(\d{1,2})\s*(am|pm|a\.m\.?|p\.m\.?|o\s?clock)(?![a-z])(?:\s+(?:in the\s+)?(morning|afternoon|evening|night)(?![a-z]))?/y,
  hourInPart: /(\d{1,2})\s+(?:o\s?clock\s+)?in\s+the\s+(morning|afternoon|evening)(?![a-z])/y,
  sharedMeridiem: /(\d{1,2})(?=\s*(?:to|and|until|till|-|–)\s*\d{1,2}\s*(am|pm|a\.m|p\.m))/y,
  past: new RegExp(`(half past|quarter past|quarter to)\\s+(\\d{1,2}|${HOUR_WORDS.join('|')})(?![a-z\\d])(?:\\s*(am|pm))?`, 'y'),
  named: /(noon|midday|midnight|lunch\s?time)(?![a-z])/y,
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function monthNumber(word: string): number {
  return MONTHS.findIndex((month) => month.startsWith(word.slice(0, 3))) + 1
}

/** ISO day; without a year, the most recent such day that is not after `now`. Null for a day no calendar has. */
function isoDay(year: number | null, month: number, day: number, now: DateTime): string | null {
  if (year !== null) {
    const date = DateTime.fromObject({ year: year < 100 ? 2000 + year : year, month, day })
    return date.isValid && date.year >= 1900 && date.year <= 2199 ? date.toISODate() : null
  }
  for (let back = 0; back < 8; back += 1) {
    const date = DateTime.fromObject({ year: now.year - back, month, day })
    if (date.isValid && (date.toISODate() ?? '') <= (now.toISODate() ?? '')) return date.toISODate()
  }
  return null
}

function clock(hour: number, minute: number, meridiem: string | undefined): string | null {
  if (minute > 59 || hour > 24 || (meridiem && hour > 12)) return null
  let hours = hour
  if (meridiem?.startsWith('p') && hour < 12) hours += 12
  if (meridiem?.startsWith('a') && hour === 12) hours = 0
  return `${String(hours % 24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

function found(kind: ValueKind, value: string | null, length: number): ReadValue | null {
  return value === null ? null : { kind, value, length }
}

function readDay(text: string, at: number, now: DateTime): ReadValue | null {
  let hit = match(patterns.isoDay, text, at)
  if (hit) return found('d', isoDay(Number(hit[1]), Number(hit[2]), Number(hit[3]), now), hit[0].length)
  hit = match(patterns.numericDay, text, at) ?? match(patterns.shortNumericDay, text, at)
  if (hit && hit[0] !== '24/7') {
    const [first, second] = [Number(hit[1]), Number(hit[3])]
    const year = hit[4] === undefined ? null : Number(hit[4])
    // Day first, as most of the world writes it, unless only the other order is a date.
    const value = isoDay(year, second, first, now) ?? isoDay(year, first, second, now)
    if (value) return found('d', value, hit[0].length)
  }
  hit = match(patterns.dayMonth, text, at)
  if (hit) return found('d', isoDay(hit[3] ? Number(hit[3]) : null, monthNumber(hit[2]!), Number(hit[1]), now), hit[0].length)
  hit = match(patterns.monthDay, text, at)
  if (hit) {
    const value = found('d', isoDay(hit[3] ? Number(hit[3]) : null, monthNumber(hit[1]!), Number(hit[2]), now), hit[0].length)
    if (value) return value
  }
  hit = match(patterns.sharedMonth, text, at)
  if (hit) return found('d', isoDay(hit[3] ? Number(hit[3]) : null, monthNumber(hit[2]!), Number(hit[1]), now), hit[0].length)
  hit = match(patterns.ordinalDay, text, at)
  if (!hit) return null
  const day = Number(hit[1])
  const month = day <= now.day ? now : now.minus({ months: 1 })
  return found('d', isoDay(month.year, month.month, day, now), hit[0].length)
}

function readMonth(text: string, at: number, now: DateTime): ReadValue | null {
  let hit = match(patterns.monthYear, text, at)
  if (hit) {
    const year = Number(hit[2])
    return found('m', `${MONTHS[monthNumber(hit[1]!) - 1]} ${year < 100 ? 2000 + year : year}`, hit[0].length)
  }
  hit = match(patterns.monthRelativeYear, text, at)
  if (hit) return found('m', `${MONTHS[monthNumber(hit[1]!) - 1]} ${now.year - (hit[2] === 'last' ? 1 : 0)}`, hit[0].length)
  hit = match(patterns.isoMonth, text, at)
  const numeric = hit ? null : match(patterns.numericMonth, text, at)
  const [year, month] = hit ? [Number(hit[1]), Number(hit[2])] : numeric ? [Number(numeric[2]), Number(numeric[1])] : [0, 0]
  if (month < 1 || month > 12 || year < 1900 || year > 2199) return null
  return found('m', `${MONTHS[month - 1]} ${year}`, (hit ?? numeric)![0].length)
}

function readTime(text: string, at: number): ReadValue | null {
  let hit = match(patterns.clock, text, at)
  if (hit) {
    const value = found('t', clock(Number(hit[1]), Number(hit[2]), hit[3]), hit[0].length)
    if (value) return value
  }
  hit = match(patterns.hour, text, at)
  if (hit) {
    const part = hit[3] === 'morning' ? 'am' : hit[3] ? 'pm' : undefined
    return found('t', clock(Number(hit[1]), 0, hit[2]!.startsWith('o') ? part : hit[2]), hit[0].length)
  }
  hit = match(patterns.hourInPart, text, at)
  if (hit) return found('t', clock(Number(hit[1]), 0, hit[2] === 'morning' ? 'am' : 'pm'), hit[0].length)
  hit = match(patterns.sharedMeridiem, text, at)
  if (hit) return found('t', clock(Number(hit[1]), 0, hit[2]), hit[0].length)
  hit = match(patterns.past, text, at)
  if (hit) {
    const hour = /^\d/.test(hit[2]!) ? Number(hit[2]) : HOUR_WORDS.indexOf(hit[2]!) + 1
    const minute = { 'half past': 30, 'quarter past': 15, 'quarter to': 45 }[hit[1]!] ?? 0
    return found('t', clock(hit[1] === 'quarter to' ? (hour + 23) % 24 : hour, minute, hit[3]), hit[0].length)
  }
  hit = match(patterns.named, text, at)
  return hit ? found('t', hit[1] === 'midnight' ? '00:00' : '12:00', hit[0].length) : null
}

/** The date, month, year or time of day that begins at `at` in a lower-case text, read as of `now` (its zone is the site's). */
export function readDateOrTime(text: string, at: number, now: DateTime): ReadValue | null {
  const value = readDay(text, at, now) ?? readMonth(text, at, now) ?? readTime(text, at)
  if (value) return value
  const year = match(patterns.year, text, at)
  return year ? found('y', year[1]!, year[0].length) : null
}
