import { DateTime } from 'luxon'
import { WEEKDAYS } from './lexicon'
import { MONTH_WORD } from './plain-clock'
import { daysOf } from './plan-periods'
import { readDateOrTime } from './question-dates'

/** Stretches of time said in a way of their own, put plainly: "from monday to date", "the night from sunday to monday". */

const WD = '(?:mon|tues?|wed(?:nes|s)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?'
const weekdayIndex = (word: string) => WEEKDAYS.findIndex((name) => name.startsWith(word.slice(0, 3)))
const DATE = String.raw`(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH_WORD}|${MONTH_WORD} \d{1,2}(?:st|nd|rd|th)?|` +
  String.raw`\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}\.?)(?![a-z\d])`
const NAMED_TIME = String.raw`(?:yesterday|(?:last )?${WD}|last (?:night|week|month|quarter|year|weekend)|${DATE}|` +
  String.raw`(?:last )?${MONTH_WORD}(?: \d{4})?)(?![a-z\d])(?: (?:morning|afternoon|evening|night))?`
const LINK = String.raw`(?:up )?(?:to|until|till|til|thru|through|-|–)`
const NOW = String.raw`(?:date|now|right now|today|present(?: day| time| moment)?|this (?:very )?moment)\b(?! (?:at|from|between|\d))`
const STARTING = '(?:from|since|ever since|starting(?: from| on)?|beginning(?: from| on)?|as of|as from|between)'
const COMPARED = /\b(?:compare|comparison|difference|differ|vs|versus|than|change[ds]?)\b/

const SAID_TIME = String.raw`(?:\d{1,2}(?::\d\d)?(?: ?[ap]m)?|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))` +
  String.raw`(?: (?:this (?:morning|afternoon)|today|yesterday(?: \w+ing)?|last night))?`
const TIME_OPEN = new RegExp(String.raw`\b(?:from|since|between) (${SAID_TIME}) (?:and|${LINK}) (?:right )?now\b`, 'g')
const LED_OPEN = new RegExp(String.raw`\b${STARTING} (?:the )?(${NAMED_TIME}) (?:${LINK}) ?(?:the )?${NOW}`, 'g')
const BETWEEN_OPEN = new RegExp(String.raw`\bbetween (?:the )?(${NAMED_TIME}) and (?:the )?${NOW}`, 'g')
const BARE_OPEN = new RegExp(String.raw`\b(${NAMED_TIME}) ?(?:${LINK}) ?(?:the )?${NOW}`, 'g')
const ON_OPEN = new RegExp(String.raw`\b(?:from|starting|beginning) (?:the )?(${NAMED_TIME}) on(?= |\W*$)(?! (?:the|a|${WD}|${MONTH_WORD}|\d))`, 'g')
const AS_OF = new RegExp(String.raw`\bas (?:of|from) (?=(?:the )?${NAMED_TIME})`, 'g')

function openEnds(text: string): string {
  let result = text.replace(TIME_OPEN, (_, start: string) => `since ${start}`).replace(LED_OPEN, (_, start: string) => `since ${start}`)
  if (!COMPARED.test(text)) result = result.replace(BETWEEN_OPEN, (_, start: string) => `since ${start}`)
  return result
    .replace(BARE_OPEN, (said: string, start: string, at: number, whole: string) =>
      (/\b(?:since|between|from) (?:the )?$/.test(whole.slice(0, at)) || COMPARED.test(whole) ? said : `since ${start}`))
    .replace(ON_OPEN, (_, start: string) => `since ${start}`)
    .replace(AS_OF, 'since ')
    .replace(/\b(?:up to (?:now|today|date)|until now|to date|so far),? (?=(?:this|in|over|during|for)\b(?! (?:all|total)\b))/g, '')
}

const INTO = String.raw`(?:on )?(?:to|into|and|till|until|through|thru|-|–|/)`
const NIGHT_LEAD = String.raw`(?:(?:during|in|on|over|for|through) )?(?:the )?(?:night|overnight)(?: hours)?(?: (?:of|from|between|on))?(?: the)?`
const NIGHT_OF_WEEKDAYS = new RegExp(String.raw`\b${NIGHT_LEAD} (last )?(${WD}) ?${INTO} ?(?:the )?(${WD})\b(?: morning| night)?`, 'g')
const WEEKDAY_NIGHT = new RegExp(String.raw`\b(?:from )?(last )?(${WD})(?: night| overnight) ?(?:on )?(?:in)?(?:to|till|until|through|thru|-|–|/) ?(?:the )?(${WD})\b(?: morning)?`, 'g')
const WEEKDAYS_NIGHT = new RegExp(String.raw`\b(?:from )?(last )?(${WD}) ?(?:to|into|-|–|/) ?(${WD}) (?:night|overnight)\b`, 'g')
const NIGHT_OF_DATES = new RegExp(
  String.raw`\b${NIGHT_LEAD} (\d{1,2})(?:st|nd|rd|th|\.)?(?: of)?(?: (${MONTH_WORD}))? ?${INTO} ?(?:the )?(\d{1,2})(?:st|nd|rd|th|\.)?` +
    String.raw`(?: of)?(?: (${MONTH_WORD})(?![a-z]))?(?: (\d{4}))?`,
  'g',
)
const NIGHT_TO_TODAY = new RegExp(String.raw`\b${NIGHT_LEAD} yesterday ${INTO} today\b|\b(?:from )?yesterday (?:evening|night) (?:through |in)?to this morning\b`, 'g')
const OVERNIGHT_ON = new RegExp(String.raw`\bovernight (?:on |of |from )?(last )?(${WD})\b(?! (?:to|and|morning|evening))`, 'g')
const ON_OVERNIGHT = new RegExp(String.raw`\b(last )?(${WD}),? overnight\b`, 'g')

/** A night is called by the day it begins on. */
function nights(text: string): string {
  const night = (said: string, last = '', one = '', other?: string) => {
    const [first, second] = [weekdayIndex(one), other === undefined ? -1 : weekdayIndex(other)]
    return other !== undefined && (first + 1) % 7 !== second ? said : `on ${last}${WEEKDAYS[first]} night`
  }
  return text
    .replace(NIGHT_OF_WEEKDAYS, (said, last, one, other) => night(said, last, one, other))
    .replace(WEEKDAY_NIGHT, (said, last, one, other) => night(said, last, one, other))
    .replace(WEEKDAYS_NIGHT, (said, last, one, other) => night(said, last, one, other))
    .replace(NIGHT_OF_DATES, (said: string, first: string, month: string | undefined, second: string, other = '', year = '') => {
      const isNext = Number(second) === Number(first) + 1 || (Number(second) === 1 && month !== undefined)
      return isNext && (month ?? other) !== '' ? `on ${first} ${month ?? other}${year && ` ${year}`} night` : said
    })
    .replace(NIGHT_TO_TODAY, 'last night')
    .replace(OVERNIGHT_ON, (said, last, one) => night(said, last, one))
    .replace(ON_OVERNIGHT, (said, last, one) => night(said, last, one))
    .replace(/\b(?:overnight )(?=last night)|(?<=\blast night) overnight\b|\byesterday overnight\b/g, (said) => (said.startsWith('yest') ? 'last night' : ''))
}

const ANY_TIME = new RegExp(
  String.raw`\b(?:today|yesterday|tonight|morning|afternoon|evening|last|this|past|since|ago|week|month|year|weekend|${WD}|${MONTH_WORD}|` +
    String.raw`\d{1,2}[./]\d{1,2}|\d{4})\b`,
)
const WAS = /\b(?:did|was|were|used|spent|ran|consumed|has been|have been|had|left|drew)\b/
const NOT_WAS = /\b(?:will|would|should|can|could|do|does|is|are|am|if|usually|normally|always|every)\b/

/** Of what has been, "all night" was last night, "all day" today, where no other time is named. */
function wholeNight(text: string): string {
  if (ANY_TIME.test(text) || !WAS.test(text) || NOT_WAS.test(text)) return text
  return text
    .replace(/\b(?:all night(?: long)?|(?:the )?(?:whole|entire) night)\b/, 'all night last night')
    .replace(/\b(?:all day(?: long)?|(?:the )?(?:whole|entire) day)\b/, 'all day long today')
}

const iso = (date: DateTime) => date.toISODate() ?? ''
const between = (from: DateTime, to: DateTime) => `from ${iso(from)} to ${iso(to)}`

const WEEK_OF = new RegExp(
  String.raw`\b(?:(?:in|for|over|during) )?(?:the )?(?:week (of|beginning|commencing|starting|ending)|w\/([ce])) (?:on )?(?:${WD} )?(?:the )?(?=\d|${MONTH_WORD})`,
)

/** "the week of 2 November", "w/c 2 Nov", "the week ending 8 Nov". */
function weeks(text: string, now: DateTime): string {
  const hit = WEEK_OF.exec(text)
  const day = hit && readDateOrTime(text, hit.index + hit[0].length, now)
  if (!hit || day?.kind !== 'd') return text
  const date = DateTime.fromISO(day.value)
  const from = hit[1] === 'of' ? date.startOf('week') : hit[1] === 'ending' || hit[2] === 'e' ? date.minus({ days: 6 }) : date
  return `${text.slice(0, hit.index)}${between(from, from.plus({ days: 6 }))}${text.slice(hit.index + hit[0].length + day.length)}`
}

const THIRD = new RegExp(
  String.raw`\b(?:(?:in|at|during|around|over|for) )?(?:the )?(early|mid|late|(?:start|beginning|middle|end) of)[- ](?:the )?` +
    String.raw`(${MONTH_WORD}(?: \d{4})?(?![a-z\d])|last month|this month|month(?= *\W*$))(?! \d)`,
)

/** The first, second or last ten days of a month: "early October", "at the end of last month". */
function thirds(text: string, now: DateTime): string {
  return text.replace(new RegExp(THIRD, 'g'), (said: string, which: string, name: string, at: number, whole: string) => {
    if (/\b(?:since|from|until|till|by|to|before|after) (?:the )?$/.test(whole.slice(0, at))) return said
    const isEnd = which.startsWith('end') || which === 'late'
    if (isEnd && name.endsWith('month') && name !== 'last month') return said
    const read = name.endsWith('month') ? null : readDateOrTime(`1 ${name}`, 0, now)
    const start = read ? DateTime.fromISO(read.value) : now.startOf('month').minus({ months: name === 'last month' ? 1 : 0 })
    if (!start.isValid || (read && read.kind !== 'd')) return said
    const end = start.endOf('month')
    if (isEnd) return between(start.set({ day: 21 }), end)
    return /^(?:mid)/.test(which) ? between(start.set({ day: 11 }), start.set({ day: 20 })) : between(start, start.set({ day: 10 }))
  })
}

const NTHS = ['first', 'second', 'third', 'fourth']
const NTH_OF = new RegExp(
  String.raw`\b(?:the )?(first|second|third|fourth|last|1st|2nd|3rd|4th) (day|weekend|${WD}) (?:of|in) ` +
    String.raw`(${MONTH_WORD}(?: \d{4})?(?![a-z\d])|(?:last|this|the) month\b)`,
  'g',
)

/** "the first weekend of October", "the last day of last month". */
function nthOfMonth(text: string, now: DateTime): string {
  return text.replace(NTH_OF, (said: string, nth: string, what: string, name: string) => {
    const read = name.endsWith('month') ? null : readDateOrTime(`1 ${name}`, 0, now)
    const start = read ? DateTime.fromISO(read.value) : now.startOf('month').minus({ months: name === 'last month' ? 1 : 0 })
    const weekday = what === 'day' ? start.weekday : what === 'weekend' ? 6 : weekdayIndex(what) + 1
    const first = start.plus({ days: (weekday - start.weekday + 7) % 7 })
    const step = what === 'day' ? 1 : 7
    const number = NTHS.indexOf(nth) >= 0 ? NTHS.indexOf(nth) : Number.parseInt(nth, 10) - 1
    const day = nth === 'last' ? first.plus({ days: Math.floor(start.endOf('month').diff(first, 'days').days / step) * step })
      : first.plus({ days: number * step })
    if (!day.isValid || day.month !== start.month) return said
    return what === 'weekend' ? between(day, day.plus({ days: 1 })) : iso(day)
  })
}

const FEAST = String.raw`(christmas(?: day| eve)?|xmas(?: day)?|boxing day|easter(?: sunday| monday)?|good friday|new year'?s?(?:'s)?(?: day| eve)?)`
const BESIDE_FEAST = new RegExp(String.raw`\b(?:(?:on|in|over) )?(?:the )?(day|week) (before|after) ${FEAST}(?! of)\b`, 'g')

/** "the day after Christmas", "the week before Easter". */
function besideFeasts(text: string, now: DateTime): string {
  return text.replace(BESIDE_FEAST, (said: string, unit: string, side: string, name: string) => {
    const plain = name.replace('xmas', 'christmas').replaceAll("'", '')
    const days = daysOf(plain === 'christmas' ? 'christmas day' : plain === 'easter' ? 'easter sunday' : plain, now)
    if (!days) return said
    const length = unit === 'day' ? 1 : 7
    const from = side === 'before' ? days.from.minus({ days: length }) : days.to.plus({ days: 1 })
    return unit === 'day' ? iso(from) : between(from, from.plus({ days: 6 }))
  })
}

const COUNTS: Readonly<Record<string, number>> = { two: 2, three: 3, four: 4, five: 5 }

/** Days and weekends counted back from now. */
function countedBack(text: string, now: DateTime): string {
  const today = now.startOf('day')
  const weekday = (word: string, weeks: number) => {
    const back = (today.weekday - weekdayIndex(word) - 1 + 7) % 7 || 7
    return iso(today.minus({ days: back, weeks }))
  }
  const weekend = (back: number) => {
    const saturday = today.startOf('week').plus({ days: 5 }).minus({ weeks: back })
    return between(saturday, saturday.plus({ days: 1 }))
  }
  return text
    .replace(new RegExp(String.raw`\b(?:last |this )?(${WD}) (?:just gone|just past|gone|last)\b(?! (?:week|month|year|night|\d))`, 'g'), 'last $1')
    .replace(new RegExp(String.raw`\b(?:the )?(${WD}) before last(?: (?:one|${WD}))?\b`, 'g'), (_, day: string) => weekday(day, 1))
    .replace(new RegExp(String.raw`\b(two|three|four|\d) (${WD})s ago\b`, 'g'),
      (_, count: string, day: string) => weekday(day, (COUNTS[count] ?? Number(count)) - 1))
    .replace(new RegExp(String.raw`\b(?:a|one) week (?:ago |last )(?:on |last )?(${WD})\b`, 'g'), (_, day: string) => weekday(day, 1))
    .replace(/\b(?:(?:a|one) (week|month|year) ago today|today (?:a|one) (week|month|year) ago|(?:on )?this day last (week|month|year)|(?:on )?(?:the )?same day last (week|month))\b/g,
      (_, ...units: string[]) => iso(today.minus({ [`${units.slice(0, 4).find(Boolean)}s`]: 1 })))
    .replace(/\b(?:the )?weekend before last(?: weekend)?\b/g, () => weekend(2))
    .replace(/\b(two|three|four|\d) weekends ago\b/g, (_, count: string) => weekend(COUNTS[count] ?? Number(count)))
    .replace(/\ball weekend(?: long)?\b/g, () => (today.weekday >= 6 ? 'this weekend' : 'last weekend'))
}

/** `text`: lower-case. */
export function plainSpans(text: string, now: DateTime): string {
  return wholeNight(nights(openEnds(countedBack(thirds(nthOfMonth(besideFeasts(weeks(text, now), now), now), now), now))))
}
