import type { DateTime } from 'luxon'
import { WEEKDAYS } from './lexicon'

/** Times of day as people say them, put as "18:00": "at three last night", "around half past six yesterday evening". */

const HOURS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']
const HOUR = String.raw`(\d{1,2}(?:[:.h]\d\d)?|${HOURS.join('|')}|noon|midday|midnight)`
export const MONTH_WORD = '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|' +
  'oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const DAY_WORD = String.raw`\b(?:today|tonight|yesterday|(?:last )?night|overnight|morning|afternoon|evening|days? ago|` +
  String.raw`${WEEKDAYS.join('|')}|${WEEKDAYS.map((day) => day.slice(0, 3)).join('|')}|${MONTH_WORD}|\d{4}-\d\d-\d\d|` +
  String.raw`\d{1,2}[./]\d{1,2}|\d{1,2}(?:st|nd|rd|th))\b`
const NOT_HOURS = String.raw`(?!\s*(?:of\s+)?${MONTH_WORD}(?![a-z]))(?![\d:./%]|st\b|nd\b|rd\b|th\b)` +
  String.raw`(?!\s*(?:hours?|hrs?|days?|weeks?|months?|years?|minutes?|mins?|times|runs|loads|kwh|kw|w|watts?|percent|euros?|` +
  String.raw`dollars?|pounds?|cents?|pence|degrees|appliances|devices|rooms|people|of)\b)`
const O_CLOCK = String.raw`o\W?\s?clock`
const HOUR_RANGE = new RegExp(
  String.raw`\b(?:(?:in |over |for )?(?:the )?(?:hours? )?(?:between|from) )${HOUR}\s*(?:${O_CLOCK}|h\b|am\b|pm\b)?\s*(?:and|to|until|till|-|–)\s*` +
    String.raw`${HOUR}${NOT_HOURS}(?:\s*(?:${O_CLOCK}|h(?:ours)?|(am|pm|a\.m\.?|p\.m\.?))(?![a-z]))?`,
)
const MERIDIEM_FIRST = /\b(?:between|from)\s+\S+?\s*(am|pm)\s*(?:and|to|until|till|-|–)/
const PART = /\b(?:in the |this |at )?(morning|afternoon|evening|night|tonight)\b/
const GREETING = /\bgood (?:morning|afternoon|evening|night|day)\b/
const PAST_HOUR = String.raw`(?:(half past|half|quarter past|quarter to|(?:\d{1,2}|five|ten|twenty|twenty[- ]five) (?:minutes )?(?:past|to)) )?`
const LEAD = String.raw`(?:(at around |at about |at|around|about|since|after|before|until|till|by)\s+)?`
const ONE_HOUR = new RegExp(
  String.raw`\b${LEAD}(?:a )?${PAST_HOUR}${HOUR}${NOT_HOURS}(?!\s*(?:to|and|-|–)\s*\d)(?:\s*(${O_CLOCK})(?![a-z]))?` +
    String.raw`(?:\s*(am|pm|a\.m\.?|p\.m\.?)(?![a-z]))?(?=\W|$)`,
)
const MINUTES: Readonly<Record<string, number>> = { five: 5, ten: 10, twenty: 20, 'twenty five': 25, 'twenty-five': 25, half: 30, quarter: 15 }

const AT_POINT = /\b(at|around) (\d{1,2})\.([0-5]\d)(?![\d.])/g
const ISH = new RegExp(String.raw`\b(\d{1,2}|${HOURS.join('|')})-?ish\b`, 'g')
const SPELT_MINUTES: Readonly<Record<string, string>> = { thirty: '30', fifteen: '15', 'forty-five': '45', twenty: '20', ten: '10', forty: '40' }
const SPELT_TIME = new RegExp(String.raw`\b(${HOURS.join('|')})[- ](thirty|fifteen|forty[- ]five|twenty|ten|forty)\b(?! ?(?:five|minutes|kwh|euros))`, 'g')

/** `text`: lower-case. */
export function plainClock(text: string, now: DateTime): string {
  const greeting = GREETING.exec(text)?.[0] ?? ''
  const bare = text.replace(greeting, '\u0001')
  const written = bare
    .replace(AT_POINT, '$1 $2:$3')
    .replace(/\b(\d{1,2})\.([0-5]\d)(?=\s*(?:am|pm)\b)/g, '$1:$2')
    .replace(/\b([01]\d|2[0-3])([0-5]\d) ?(?:hours|hrs)\b/g, '$1:$2')
    .replace(/\b0(\d)([0-5]\d)\b/g, '0$1:$2')
    .replace(ISH, '$1')
    .replace(SPELT_TIME, (_, hour: string, minutes: string) => `${HOURS.indexOf(hour) + 1}:${SPELT_MINUTES[minutes.replace(' ', '-')]}`)
  const plain = oneHour(hourRange(written), now)
  return plain.replace('\u0001', greeting)
}

function hourRange(text: string): string {
  const range = HOUR_RANGE.exec(text)
  if (!range) return text
  const [said, from = '', to = '', meridiem] = range
  const rest = `${text.slice(0, range.index)} ${text.slice(range.index + said.length)}`
  const isClock = /clock|[:.h]\d\d|[ap]m/.test(said)
  if (!isClock && !meridiem && !new RegExp(DAY_WORD).test(rest)) return text
  // "from 3.11 to 5.11" is from the third to the fifth of November.
  const areDates = [from, to].every((side) => /^\d{1,2}\.(?:0[1-9]|1[0-2])$/.test(side)) && !/clock|[ap]m/.test(said)
  if (areDates && !new RegExp(DAY_WORD).test(rest)) return text
  const part = partIn(rest)
  const first = MERIDIEM_FIRST.exec(said)?.[1] ?? meridiem
  // From noon to three is to three in the afternoon.
  const half = /^(?:noon|midday)$/.test(from) ? (meridiem ?? 'pm') : (meridiem ?? first)
  const [start, end] = [clockOf(from, first, part, 'start'), clockOf(to, half, part, 'end')]
  if (!start || !end) return text
  return withoutPart(text.slice(0, range.index), `from ${start} to ${end}`, text.slice(range.index + said.length), part)
}

/** One time of day; a bare number is one only where a day or a part of it is named beside it. */
function oneHour(text: string, now: DateTime): string {
  const hit = ONE_HOUR.exec(text)
  if (!hit) return text
  const [said, lead = '', past, hour = '', oClock, meridiem] = hit
  const [before, after] = [text.slice(0, hit.index), text.slice(hit.index + said.length)]
  const isBeside = new RegExp(String.raw`^,?\s*(?:in the |on |this |the |of )*(?:${DAY_WORD})`).test(after) ||
    new RegExp(String.raw`${DAY_WORD}(?:'s)?,?\s*$`).test(before)
  const since = /^since$/.test(lead) && /^\W*$/.test(after)
  if ((meridiem && !past) || (!past && /^(?:noon|mid)/.test(hour))) return text
  // "5 to 7 last night" is from five to seven.
  if (!hit[1] && (!past || !isBeside || past.endsWith(' to'))) return text
  if (!isBeside && !past && !(since && /^[a-z]|^\d{1,2}$/.test(hour))) return text
  if (/[:.h]\d\d/.test(hour) && !partIn(`${before} ${after}`)) return text
  const part = partIn(`${before} ${after}`)
  const clock = clockOf(hour, meridiem, part, 'start')
  if (!clock || (oClock && past)) return text
  const said24 = past ? shifted(clock, past) : clock
  // "since six", said at half past seven in the evening, is since the six o'clock just gone.
  const isLater = since && !meridiem && !part && Number(said24.slice(0, 2)) < 12 && now.toFormat('HH:mm') >= plusHalfDay(said24)
  const time = isLater ? plusHalfDay(said24) : said24
  return withoutPart(before, `${lead.trim() || 'at'} ${time}`, after, part)
}

const plusHalfDay = (time: string): string => `${Number(time.slice(0, 2)) + 12}${time.slice(2)}`

function partIn(rest: string): string | undefined {
  const part = PART.exec(rest)?.[1] ?? (/\bovernight\b/.test(rest) ? 'night' : undefined)
  return part === 'tonight' ? 'evening' : part
}

/** What is said around a time of day, without the part of the day that went into it. */
function withoutPart(before: string, time: string, after: string, part: string | undefined): string {
  const lastNight = before.replace(/\bovernight\b/, 'last night')
  if (!part || part === 'night') return `${lastNight}${time}${after.replace(/^ (?:at|in the) night\b/, '')}`
  const dropped = (side: string) => side
    .replace(/\bthis (?:morning|afternoon|evening)\b|\btonight\b/, 'today')
    .replace(/\s?\b(?:in the )?(?:morning|afternoon|evening)\b/, '')
  return `${dropped(lastNight)}${time}${dropped(after)}`
}

/** Past or before the full hour: "quarter to", "ten past"; British "half six" is half past. */
function shifted(clock: string, past: string): string {
  const word = past.replace(/ (?:minutes )?(?:past|to)$/, '')
  const minutes = MINUTES[word] ?? Number(word)
  const [hour = 0] = clock.split(':').map(Number)
  const total = (hour * 60 + (past.endsWith(' to') ? -minutes : minutes) + 1440) % 1440
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`
}

/** "HH:mm" of an hour as said; null where it is none. Without am or pm, the part of the day named beside it says which is meant. */
function clockOf(said: string, meridiem: string | undefined, part: string | undefined, side: 'start' | 'end'): string | null {
  if (/^(?:noon|mid)/.test(said)) return said === 'midnight' ? '00:00' : '12:00'
  const [hours = '', minutes = '00'] = /^\d/.test(said) ? said.split(/[:.h]/) : [said]
  let hour = /^\d/.test(hours) ? Number(hours) : HOURS.indexOf(hours) + 1
  if (hour > 24 || Number(minutes) > 59) return null
  const isEvening = part === 'evening' || part === 'afternoon' || (part === 'night' && hour >= (side === 'start' ? 6 : 9))
  if (meridiem ? meridiem.startsWith('p') : isEvening) hour = hour < 12 ? hour + 12 : hour
  if ((meridiem?.startsWith('a') || ((part === 'night' || part === 'morning') && !meridiem)) && hour === 12) hour = 0
  return `${String(hour % 24).padStart(2, '0')}:${minutes}`
}
