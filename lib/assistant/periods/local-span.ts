import { DateTime } from 'luxon'
import { localDateStartSeconds } from '@/lib/domain/local-calendar'

/** A stretch of time as words name it. Seconds are Unix, half open. */
export interface Span {
  from: number
  to: number
  label: string
  /** What a name that comes round again stands for here: a range whose start lies behind its end takes the one before. */
  repeats?: 'week' | 'year'
  /** From when "since" it counts, where that is not its start. */
  since?: number
  sinceLabel?: string
}

/** A calendar date without a place: midnight in UTC. */
export type LocalDate = DateTime

/** The calendar and clock of one place at one moment. */
export class LocalClock {
  readonly today: LocalDate
  readonly local: DateTime

  constructor(
    readonly timeZone: string,
    readonly nowSeconds: number,
  ) {
    this.local = DateTime.fromSeconds(nowSeconds, { zone: timeZone, locale: 'en' })
    if (!this.local.isValid) throw new RangeError(`Unknown time zone ${timeZone}`)
    this.today = localDate(this.local.year, this.local.month, this.local.day)
  }

  startOf(date: LocalDate): number {
    return localDateStartSeconds(date.toISODate() ?? '', this.timeZone)
  }

  /** Whole local days from one date up to another, which is not included: 23 to 25 hours each. */
  days(first: LocalDate, end: LocalDate, label: string): Span {
    return { from: this.startOf(first), to: this.startOf(end), label }
  }

  day(date: LocalDate, label = this.dayLabel(date)): Span {
    return this.days(date, date.plus({ days: 1 }), label)
  }

  /** When the clock shows so many minutes after midnight on a date; 1440 is the end of the day, more the next one. */
  at(date: LocalDate, minutes: number): number {
    const day = date.plus({ days: Math.floor(minutes / 1440) })
    const rest = minutes % 1440
    if (rest === 0) return this.startOf(day)
    const { year, month, day: dayOfMonth } = day
    const clock = { year, month, day: dayOfMonth, hour: Math.floor(rest / 60), minute: rest % 60 }
    return DateTime.fromObject(clock, { zone: this.timeZone }).toSeconds()
  }

  /** The date of a span that is exactly one local day; null otherwise. */
  onlyDay(span: Span): LocalDate | null {
    const local = DateTime.fromSeconds(span.from, { zone: this.timeZone })
    const date = localDate(local.year, local.month, local.day)
    const day = this.day(date)
    return day.from === span.from && day.to === span.to ? date : null
  }

  /** Tuesday, 17 November; with its year where that is not the present one. */
  dayLabel(date: LocalDate): string {
    return date.setLocale('en').toFormat(date.year === this.today.year ? 'cccc, d LLLL' : 'cccc, d LLLL yyyy')
  }
}

export function localDate(year: number, month: number, day: number): LocalDate {
  return DateTime.utc(year, month, day, { locale: 'en' })
}
