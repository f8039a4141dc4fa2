import { ENGLISH_NUMBERS } from '../number-words'

const NUMBER_WORDS: Record<string, number> = ENGLISH_NUMBERS
const ORDINALS: Record<string, number> = { first: 1, second: 2, third: 3, fourth: 4 }

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const
const SHORT_DAYS: Record<string, string> = {
  mon: 'monday',
  tue: 'tuesday',
  tues: 'tuesday',
  wed: 'wednesday',
  weds: 'wednesday',
  thu: 'thursday',
  thur: 'thursday',
  thurs: 'thursday',
  fri: 'friday',
  sat: 'saturday',
  sun: 'sunday',
}
const SHORT_MONTHS: Record<string, string> = {
  jan: 'january',
  feb: 'february',
  mar: 'march',
  apr: 'april',
  jun: 'june',
  jul: 'july',
  aug: 'august',
  sep: 'september',
  sept: 'september',
  oct: 'october',
  nov: 'november',
  dec: 'december',
}

const LEADING = /^(?:in|on|during|at|for|over|of|the|within|throughout|just|about|my|our|whole|entire|all of|it was)\s+(?=\S)/

/** What a person wrote, with one spelling for everything: lower case, digits for numbers, no articles or commas. */
export function normalisePeriodWords(words: string): string {
  let text = words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/['\u2018\u2019`]/g, '')
    .replace(/[,;!?"()]/g, ' ')
    .replace(/\.(?=\s|$)/g, ' ')
    .replace(/_/g, ' ')
    .replace(/\b(\d{1,2})(?:st|nd|rd|th)\b/g, '$1')
    .replace(/\bo\s?clock\b/g, ':00')
    .replace(/(\d)\s+:00/g, '$1:00')
    .replace(/\b(?:a )?couple(?: of)?\b/g, '2')
    .replace(/\b(?:a )?few\b/g, '3')
    .replace(/\bhalf an hour\b/g, '30 minutes')
    .replace(/\bfortnight\b/g, '2 weeks')
    .replace(/\ba 2 weeks\b/g, '2 weeks')
    .replace(/\bhalf(?: a)? year\b/g, '6 months')
    .replace(/\b(?:a|an)\s+(?=(?:minute|hour|day|week|month|year)\b)/g, '1 ')
    .replace(/[a-z]+/g, (word) => SHORT_DAYS[word] ?? SHORT_MONTHS[word] ?? String(NUMBER_WORDS[word] ?? word))
    .replace(
      /\b(first|second|third|fourth) (?=quarter\b|half\b|of (?:january|february|march|april|may|june|july|august|september|october|november|december)\b|(?:january|february|march|april|june|july|august|september|october|november|december)\b)/g,
      (_, word: string) => `${ORDINALS[word]} `,
    )
    .replace(/(?<![\d-])(\d{1,2})\.?-(\d{1,2})\.?(?= [a-z])/g, '$1 to $2')
    .replace(/\s+/g, ' ')
    .trim()
  for (let before = ''; before !== text; ) {
    before = text
    text = text.replace(LEADING, '')
  }
  return text
}

/** Minutes after midnight of a time of day such as 18:00, 6pm, 6 pm, 18h, noon; null where it is none. */
export function readClock(text: string): number | null {
  if (text === 'noon' || text === 'midday') return 720
  if (text === 'midnight') return 0
  const found = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m|p\.m|h)?$/.exec(text)
  if (!found) return null
  const [, hourText, minuteText = '0', half = ''] = found
  let hour = Number(hourText)
  const minute = Number(minuteText)
  if (half.startsWith('p') || half.startsWith('a')) {
    if (hour < 1 || hour > 12) return null
    hour = (hour % 12) + (half.startsWith('p') ? 12 : 0)
  }
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return null
  return hour * 60 + minute
}

export const clockText = (minutes: number): string => {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
