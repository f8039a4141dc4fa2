import { DateTime, IANAZone } from 'luxon'

export const DEFAULT_TIME_ZONE = 'Europe/Berlin'

export function isTimeZone(name: string): boolean {
  return IANAZone.isValidZone(name)
}

/** A day as people live it: from local midnight to local midnight, 23 to 25 hours. */
export interface LocalDay {
  /** Days between 1970-01-01 and this local date. */
  dayNumber: number
  startSeconds: number
  endSeconds: number
  /** 1 = Monday ... 7 = Sunday. */
  weekday: number
  /** Local offset at noon. */
  utcOffsetSeconds: number
  /** Unix seconds of a wall-clock time of this day; values past 24 h reach into the next day. */
  at(secondsOfDay: number): number
}

/** Local days of one time zone, remembered because zone arithmetic is slow. */
export class Calendar {
  /** Half a year for zones whose summer is in January. */
  readonly seasonShiftDays: number
  private readonly standardOffsetSeconds: number
  private readonly days = new Map<number, LocalDay>()

  /** @throws RangeError if the zone is unknown. */
  constructor(readonly timeZone: string) {
    if (!isTimeZone(timeZone)) throw new RangeError(`Unknown time zone "${timeZone}".`)
    const zone = IANAZone.create(timeZone)
    const january = zone.offset(Date.UTC(2025, 0, 1))
    const july = zone.offset(Date.UTC(2025, 6, 1))
    this.seasonShiftDays = january > july ? 182 : 0
    this.standardOffsetSeconds = Math.min(january, july) * 60
  }

  day(dayNumber: number): LocalDay {
    const known = this.days.get(dayNumber)
    if (known) return known
    const date = new Date(dayNumber * 86_400_000)
    const wall = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
    const start = DateTime.fromObject(wall, { zone: this.timeZone })
    const noon = DateTime.fromObject({ ...wall, hour: 12 }, { zone: this.timeZone })
    const startSeconds = start.toSeconds()
    const noonSeconds = noon.toSeconds()
    const made: LocalDay = {
      dayNumber,
      startSeconds,
      endSeconds: start.plus({ days: 1 }).toSeconds(),
      weekday: start.weekday,
      utcOffsetSeconds: noon.offset * 60,
      // Clocks change between 0 and 4 h; times after that count from noon.
      at: (seconds) => (seconds < 4 * 3600 ? startSeconds + seconds : noonSeconds + seconds - 43_200),
    }
    if (this.days.size > 64) this.days.clear()
    this.days.set(dayNumber, made)
    return made
  }

  dayAt(timestampSeconds: number): LocalDay {
    let day = this.day(Math.floor(timestampSeconds / 86_400))
    while (timestampSeconds < day.startSeconds) day = this.day(day.dayNumber - 1)
    while (timestampSeconds >= day.endSeconds) day = this.day(day.dayNumber + 1)
    return day
  }

  /** How far clocks are ahead of standard time on that day. */
  daylightSavingHours(timestampSeconds: number): number {
    return (this.dayAt(timestampSeconds).utcOffsetSeconds - this.standardOffsetSeconds) / 3600
  }

  /** Every day that has a second in [fromSeconds, toSeconds). */
  daysBetween(fromSeconds: number, toSeconds: number): LocalDay[] {
    const days = [this.dayAt(fromSeconds)]
    for (let day = days[0]!; day.endSeconds < toSeconds;) {
      day = this.day(day.dayNumber + 1)
      days.push(day)
    }
    return days
  }
}
