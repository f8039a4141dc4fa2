import { localDate, type LocalClock, type LocalDate, type Span } from './local-span'
import { MONTHS, WEEKDAYS } from './period-text'

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

type Reader = (text: string, clock: LocalClock) => Span | null

/** The year that brings a yearly thing to its newest begun occurrence. */
function newestYear(clock: LocalClock, startOf: (year: number) => LocalDate): number {
  const { year } = clock.today
  return startOf(year) <= clock.today ? year : year - 1
}

const weekday: Reader = (text, clock) => {
  const found = /^(last |past |previous |this )?(\w+day)$/.exec(text)
  const wanted = WEEKDAYS.findIndex((name) => name === found?.[2]) + 1
  if (!found || wanted === 0) return null
  let back = (clock.today.weekday - wanted + 7) % 7
  if (found[1] && found[1] !== 'this ' && back === 0) back = 7
  if (found[1] === 'this ' && wanted > clock.today.weekday)
    return clock.day(clock.today.plus({ days: wanted - clock.today.weekday }))
  return { ...clock.day(clock.today.minus({ days: back })), repeats: 'week' }
}

const weekdayOfWeek: Reader = (text, clock) => {
  const found = /^(\w+day) (?:(?:of |in )?(?:the )?(last|previous|this) week|(\d+) weeks? ago)$/.exec(text)
  const wanted = WEEKDAYS.findIndex((name) => name === found?.[1])
  if (!found || wanted < 0) return null
  const weeks = found[3] ? Number(found[3]) : found[2] === 'this' ? 0 : 1
  return clock.day(clock.today.startOf('week').minus({ weeks }).plus({ days: wanted }))
}

const monthSpan = (clock: LocalClock, year: number, month: number): Span => {
  const first = localDate(year, month, 1)
  return clock.days(first, first.plus({ months: 1 }), `${capital(MONTHS[month - 1] ?? '')} ${year}`)
}

const month: Reader = (text, clock) => {
  const found = /^(last |previous |this )?([a-z]+)(?: (?:of )?(\d{4}))?$/.exec(text)
  const wanted = MONTHS.findIndex((name) => name === found?.[2]) + 1
  if (!found || wanted === 0) return null
  if (found[3]) return monthSpan(clock, Number(found[3]), wanted)
  const isPast = found[1] !== undefined && found[1] !== 'this '
  const year = newestYear(clock, (candidate) => localDate(candidate, wanted, 1))
  const isNow = isPast && year === clock.today.year && wanted === clock.today.month
  return { ...monthSpan(clock, isNow ? year - 1 : year, wanted), repeats: 'year' }
}

function dayOf(clock: LocalClock, dayOfMonth: number, monthOfYear: number, year?: number): Span | null {
  const made = (candidate: number) => localDate(candidate, monthOfYear, dayOfMonth)
  if (year !== undefined) return made(year).isValid ? clock.day(made(year)) : null
  // 29 February is looked for in the newest year that has one.
  for (let candidate = clock.today.year; candidate > clock.today.year - 9; candidate--) {
    if (made(candidate).isValid && made(candidate) <= clock.today) return { ...clock.day(made(candidate)), repeats: 'year' }
  }
  return null
}

const fullYear = (text: string | undefined) => (text === undefined ? undefined : Number(text.length === 2 ? `20${text}` : text))

const date: Reader = (text, clock) => {
  const bare = text.replace(/^(?:mon|tues|wednes|thurs|fri|satur|sun)day /, '').replace(/^the /, '')
  const named = /^(\d{1,2})\.? (?:of )?([a-z]+)(?: (?:of )?(\d{4}))?$/.exec(bare)
  const monthFirst = /^([a-z]+) (?:the )?(\d{1,2})(?: (?:of )?(\d{4}))?$/.exec(bare)
  const monthIndex = MONTHS.findIndex((name) => name === (named?.[2] ?? monthFirst?.[1])) + 1
  if (monthIndex > 0) {
    const [dayText, yearText] = named ? [named[1], named[3]] : [monthFirst?.[2], monthFirst?.[3]]
    return dayOf(clock, Number(dayText), monthIndex, fullYear(yearText))
  }
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(bare)
  if (iso) return dayOf(clock, Number(iso[3]), Number(iso[2]), Number(iso[1]))
  const dayFirst = /^(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|\d{2})?)?$/.exec(bare)
  if (dayFirst) return dayOf(clock, Number(dayFirst[1]), Number(dayFirst[3]), fullYear(dayFirst[4]))
  const onlyDay = /^(?:day )?(\d{1,2})\.?$/.exec(bare)
  if (bare !== text || !onlyDay) return null
  const day = Number(onlyDay[1])
  for (let back = 0; back < 3; back++) {
    const first = clock.today.startOf('month').minus({ months: back })
    const candidate = localDate(first.year, first.month, day)
    if (candidate.isValid && candidate <= clock.today) return clock.day(candidate)
  }
  return null
}

const isoMonthOrYear: Reader = (text, clock) => {
  const found =
    /^(?:year )?(\d{4})(?:-(\d{2}))?$/.exec(text) ??
    /^(\d{2})[/.](\d{4})$/.exec(text)?.map((part, index, all) => [part, all[2], all[1]][index] ?? '')
  if (!found) return null
  const year = Number(found[1])
  if (year < 1970 || year > 2200) return null
  if (!found[2]) return clock.days(localDate(year, 1, 1), localDate(year + 1, 1, 1), String(year))
  const monthOfYear = Number(found[2])
  return monthOfYear >= 1 && monthOfYear <= 12 ? monthSpan(clock, year, monthOfYear) : null
}

const weekNumber: Reader = (text, clock) => {
  const found =
    /^(?:calendar )?(?:week|kw|cw|w) ?(\d{1,2})(?: (?:of )?(\d{4}))?$/.exec(text) ??
    /^(\d{4})-?w(\d{1,2})$/.exec(text)?.map((part, index, all) => [part, all[2], all[1]][index] ?? '')
  if (!found) return null
  const number = Number(found[1])
  const startOf = (year: number) =>
    localDate(year, 1, 4)
      .startOf('week')
      .plus({ weeks: number - 1 })
  let year = found[2] ? Number(found[2]) : clock.today.weekYear
  if (!found[2] && startOf(year) > clock.today) year--
  const first = startOf(year)
  if (number < 1 || first.weekYear !== year) return null
  return clock.days(first, first.plus({ weeks: 1 }), `week ${number} of ${year}`)
}

const weekOf: Reader = (text, clock) => {
  if (!/^week (?:of|from|starting|beginning) /.test(text)) return null
  const span = date(text.replace(/^week \w+ (?:the )?/, ''), clock)
  const day = span && clock.onlyDay(span)
  return day ? weekSpan(clock, day.startOf('week')) : null
}

/** 2 to 8 November, in as few words as are clear. */
export function weekSpan(clock: LocalClock, first: LocalDate, label?: string): Span {
  const last = first.plus({ days: 6 })
  const end = last.setLocale('en').toFormat(last.year === clock.today.year ? 'd LLLL' : 'd LLLL yyyy')
  const start = first.setLocale('en').toFormat(first.month === last.month ? 'd' : 'd LLLL')
  return clock.days(first, first.plus({ weeks: 1 }), label ?? `the week from ${start} to ${end}`)
}

const quarter: Reader = (text, clock) => {
  const found = /^(?:q([1-4])|([1-4]) quarter)(?: (?:of )?(\d{4}))?$/.exec(text)
  const half = /^(?:h([12])|([12]) half)(?: (?:of )?(\d{4}))?$/.exec(text)
  const match = found ?? half
  if (!match) return null
  const number = Number(match[1] ?? match[2])
  const months = found ? 3 : 6
  const startOf = (year: number) => localDate(year, (number - 1) * months + 1, 1)
  const year = match[3] ? Number(match[3]) : newestYear(clock, startOf)
  const name = `the ${['first', 'second', 'third', 'fourth'][number - 1]} ${found ? 'quarter' : 'half'} of ${year}`
  return clock.days(startOf(year), startOf(year).plus({ months }), name)
}

const NORTHERN = { spring: 3, summer: 6, autumn: 9, winter: 12 } as const

/** Clocks that are ahead in January are so because it is summer there; without summer time the north is assumed. */
const isSouthern = (clock: LocalClock) => {
  const offset = (monthOfYear: number) => clock.local.set({ month: monthOfYear, day: 15 }).offset
  return offset(1) > offset(7) && !clock.timeZone.startsWith('Africa/')
}

/** Whole months, as meteorologists count: their names stand in the label. */
const season: Reader = (text, clock) => {
  const found = /^(last |previous |this )?(spring|summer|autumn|fall|winter)(?: (?:of )?(\d{4})(?:\/\d{2,4})?)?$/.exec(text)
  if (!found) return null
  const name = (found[2] === 'fall' ? 'autumn' : found[2]) as keyof typeof NORTHERN
  const first = isSouthern(clock) ? ((NORTHERN[name] + 5) % 12) + 1 : NORTHERN[name]
  const startOf = (candidate: number) => localDate(candidate, first, 1)
  let year = newestYear(clock, startOf)
  if (found[3]) {
    year = Number(found[3])
    if (first === 12 && startOf(year) > clock.today) year--
  } else if (found[1] && found[1] !== 'this ' && startOf(year).plus({ months: 3 }) > clock.today) {
    year--
  }
  const months = [0, 2].map((offset) => capital(MONTHS[(first - 1 + offset) % 12] ?? ''))
  const years = first === 12 ? `${year}/${String((year + 1) % 100).padStart(2, '0')}` : String(year)
  const span = clock.days(startOf(year), startOf(year).plus({ months: 3 }), `${name} ${years} (${months.join(' to ')})`)
  return { ...span, repeats: found[3] ? undefined : 'year' }
}

/** Easter Sunday (the "anonymous" algorithm of Nature, 1876, as in Meeus, Astronomical Algorithms, chapter 8). */
export function easterSunday(year: number): LocalDate {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = h + l - 7 * m + 114
  return localDate(year, Math.floor(n / 31), (n % 31) + 1)
}

interface Feast {
  names: RegExp
  label: string
  first: (year: number) => LocalDate
  days: number
  /** The day that "since" counts from, as an offset from the first. */
  mainDay?: number
  mainLabel?: string
}

const FEASTS: Feast[] = [
  { names: /^easter sunday$/, label: 'Easter Sunday', first: easterSunday, days: 1 },
  { names: /^easter monday$/, label: 'Easter Monday', first: (year) => easterSunday(year).plus({ days: 1 }), days: 1 },
  { names: /^good friday$/, label: 'Good Friday', first: (year) => easterSunday(year).minus({ days: 2 }), days: 1 },
  {
    names: /^easter(?: weekend)?$/,
    label: 'Easter',
    first: (year) => easterSunday(year).minus({ days: 2 }),
    days: 4,
    mainDay: 2,
    mainLabel: 'Easter Sunday',
  },
  { names: /^christmas eve$/, label: 'Christmas Eve', first: (year) => localDate(year, 12, 24), days: 1 },
  { names: /^christmas day$/, label: 'Christmas Day', first: (year) => localDate(year, 12, 25), days: 1 },
  { names: /^boxing day$/, label: 'Boxing Day', first: (year) => localDate(year, 12, 26), days: 1 },
  {
    names: /^(?:christmas|xmas)(?: holidays?)?$/,
    label: 'Christmas',
    first: (year) => localDate(year, 12, 24),
    days: 3,
    mainDay: 1,
    mainLabel: 'Christmas Day',
  },
  { names: /^(?:new years eve|silvester)$/, label: "New Year's Eve", first: (year) => localDate(year, 12, 31), days: 1 },
  { names: /^new ?years?(?: day)?$/, label: "New Year's Day", first: (year) => localDate(year, 1, 1), days: 1 },
]

const feast: Reader = (text, clock) => {
  const found = /^(last |this )?([a-z ]+?)(?: (?:of )?(\d{4}))?$/.exec(text)
  const known = found && FEASTS.find(({ names }) => names.test(found[2] ?? ''))
  if (!found || !known) return null
  let year = found[3] ? Number(found[3]) : newestYear(clock, known.first)
  if (!found[3] && found[1] === 'last ' && known.first(year).plus({ days: known.days }) > clock.today) year--
  const first = known.first(year)
  const last = first.plus({ days: known.days - 1 }).setLocale('en')
  const dates =
    known.days === 1
      ? last.toFormat('d LLLL yyyy')
      : `${first.setLocale('en').toFormat(first.month === last.month ? 'd' : 'd LLLL')} to ${last.toFormat('d LLLL yyyy')}`
  const main = first.plus({ days: known.mainDay ?? 0 })
  return {
    ...clock.days(first, first.plus({ days: known.days }), `${known.label} (${dates})`),
    repeats: found[3] ? undefined : 'year',
    since: clock.startOf(main),
    sinceLabel: `${known.mainLabel ?? known.label} (${main.setLocale('en').toFormat('d LLLL yyyy')})`,
  }
}

const READERS: readonly Reader[] = [
  weekday,
  weekdayOfWeek,
  date,
  isoMonthOrYear,
  month,
  weekNumber,
  weekOf,
  quarter,
  season,
  feast,
]

/** A day, month, year, week number, quarter, season or feast by its name; the newest that has begun where no year is given. */
export function readNamedSpan(text: string, clock: LocalClock): Span | null {
  const ofYear = /^(.+?) (?:of )?(last|this|previous) year$/.exec(text)
  if (ofYear?.[1] && ofYear[1] !== 'same time') {
    const year = clock.today.year - (ofYear[2] === 'this' ? 0 : 1)
    return readNamedSpan(`${ofYear[1].replace(/^this /, '')} ${year}`, clock)
  }
  for (const read of READERS) {
    const span = read(text, clock)
    if (span) return span
  }
  return null
}
