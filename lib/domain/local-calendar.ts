import { IANAZone } from 'luxon'

export const QUARTER_SECONDS = 900
const DAY_SECONDS = 86_400

interface OffsetSpan {
  fromSeconds: number
  offsetSeconds: number
}

const OFFSETS_KEPT = 50_000
const offsetsByZone = new Map<string, Map<number, number>>()

/** Offsets that were looked up before: the look-up is slow, and calendars ask for the same days again and again. */
function offsetsOf(timeZone: string): Map<number, number> {
  let offsets = offsetsByZone.get(timeZone)
  if (!offsets || offsets.size > OFFSETS_KEPT) offsetsByZone.set(timeZone, (offsets = new Map()))
  return offsets
}

/** What a local clock and calendar show. */
export interface LocalMoment {
  /** Days since 1970-01-01 of the local date. */
  dayNumber: number
  month: number
  /** 1 = Monday ... 7 = Sunday. */
  weekday: number
  /** What the clock shows, in seconds since 00:00. */
  clockSeconds: number
}

/**
 * The local clock of one time zone over a stretch of time, fast enough to be asked for every quarter of an hour of some years.
 * Offsets from UTC are looked up once a day; where two differ, the change is found to the quarter of an hour, finer than which no
 * zone has changed since 1972.
 */
export class LocalCalendar {
  private readonly spans: OffsetSpan[] = []
  private last = 0
  private day: { startSeconds: number; endSeconds: number } | null = null

  /** @param timeZone IANA name @throws RangeError when the zone is unknown */
  constructor(
    readonly timeZone: string,
    fromSeconds: number,
    toSeconds: number,
  ) {
    const zone = IANAZone.create(timeZone)
    if (!zone.isValid) throw new RangeError(`Unknown time zone ${timeZone}`)
    const known = offsetsOf(timeZone)
    const offsetAt = (seconds: number) => {
      let offset = known.get(seconds)
      if (offset === undefined) known.set(seconds, (offset = zone.offset(seconds * 1000) * 60))
      return offset
    }
    // A day more on either side: days that begin before and end after are asked for whole.
    const first = Math.floor(fromSeconds / DAY_SECONDS) * DAY_SECONDS - 2 * DAY_SECONDS
    this.spans.push({ fromSeconds: first, offsetSeconds: offsetAt(first) })
    for (let at = first; at < toSeconds + 2 * DAY_SECONDS; at += DAY_SECONDS) {
      if (offsetAt(at + DAY_SECONDS) === offsetAt(at)) continue
      let before = at
      let after = at + DAY_SECONDS
      while (after - before > QUARTER_SECONDS) {
        const middle = before + Math.floor((after - before) / 2 / QUARTER_SECONDS) * QUARTER_SECONDS
        if (offsetAt(middle) === offsetAt(before)) before = middle
        else after = middle
      }
      this.spans.push({ fromSeconds: after, offsetSeconds: offsetAt(after) })
    }
  }

  /** Whether all its days and hours begin on full hours of UTC, as those of most zones do. */
  get hasWholeHours(): boolean {
    return this.spans.every(
      ({ fromSeconds, offsetSeconds }, index) => offsetSeconds % 3600 === 0 && (index === 0 || fromSeconds % 3600 === 0),
    )
  }

  /** Seconds east of UTC. */
  offsetAt(seconds: number): number {
    const { spans } = this
    while (this.last > 0 && (spans[this.last]?.fromSeconds ?? 0) > seconds) this.last--
    while (this.last + 1 < spans.length && (spans[this.last + 1]?.fromSeconds ?? 0) <= seconds) this.last++
    return spans[this.last]?.offsetSeconds ?? 0
  }

  dayNumber(seconds: number): number {
    return Math.floor((seconds + this.offsetAt(seconds)) / DAY_SECONDS)
  }

  moment(seconds: number): LocalMoment {
    const localSeconds = seconds + this.offsetAt(seconds)
    const dayNumber = Math.floor(localSeconds / DAY_SECONDS)
    const date = new Date(dayNumber * DAY_SECONDS * 1000)
    return {
      dayNumber,
      month: date.getUTCMonth() + 1,
      weekday: ((date.getUTCDay() + 6) % 7) + 1,
      clockSeconds: localSeconds - dayNumber * DAY_SECONDS,
    }
  }

  /**
   * When the clock of a local day shows a time, Unix seconds: the first of two where it is shown twice; where it is skipped, as much
   * later as the clock was put forward.
   */
  atClock(dayStartSeconds: number, clockSeconds: number): number {
    const localSeconds = this.dayNumber(dayStartSeconds) * DAY_SECONDS + clockSeconds
    const shows = (seconds: number) => seconds + this.offsetAt(seconds) === localSeconds
    const before = localSeconds - this.offsetAt(dayStartSeconds)
    const after = localSeconds - this.offsetAt(before)
    return !shows(before) && shows(after) ? after : before
  }

  /** Months since year 0 of the local date. */
  monthNumber(seconds: number): number {
    const date = new Date((seconds + this.offsetAt(seconds)) * 1000)
    return date.getUTCFullYear() * 12 + date.getUTCMonth()
  }

  /**
   * The local day around a moment, from its first instant to the next day's, in Unix seconds: 23 to 25 hours. Where the clocks skip
   * midnight it begins at the first instant that exists; where they repeat it, at the first of the two.
   */
  dayAround(seconds: number): { startSeconds: number; endSeconds: number } {
    if (this.day && seconds >= this.day.startSeconds && seconds < this.day.endSeconds) return this.day
    this.offsetAt(seconds)
    const spanStart = this.last > 0 ? (this.spans[this.last]?.fromSeconds ?? 0) : seconds
    // A date that has begun is not left again by setting the clock back over its midnight.
    const number = Math.max(this.dayNumber(spanStart - QUARTER_SECONDS), this.dayNumber(seconds))
    return (this.day = { startSeconds: this.firstInstant(number), endSeconds: this.firstInstant(number + 1) })
  }

  private firstInstant(dayNumber: number): number {
    const { spans } = this
    for (const [index, { fromSeconds, offsetSeconds }] of spans.entries()) {
      const start = Math.max(fromSeconds, dayNumber * DAY_SECONDS - offsetSeconds)
      if (start < (spans[index + 1]?.fromSeconds ?? Infinity)) return start
    }
    throw new RangeError('The day lies outside the calendar.')
  }
}

/** The first instant of a local date, in Unix seconds. @param date YYYY-MM-DD */
export function localDateStartSeconds(date: string, timeZone: string): number {
  const noonUtc = Date.parse(`${date}T12:00:00Z`) / 1000
  const calendar = new LocalCalendar(timeZone, noonUtc - DAY_SECONDS, noonUtc + DAY_SECONDS)
  return calendar.dayAround(noonUtc - calendar.offsetAt(noonUtc)).startSeconds
}
