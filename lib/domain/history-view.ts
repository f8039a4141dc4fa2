import { DateTime, type DurationLike } from 'luxon'
import type { Granularity } from './energy-plan'
import { localDateStartSeconds } from './local-calendar'

export const HISTORY_VIEWS = ['day', 'week', 'month', 'year'] as const
export type HistoryView = (typeof HISTORY_VIEWS)[number]

export const COMPARISONS = ['none', 'before', 'year'] as const
export type Comparison = (typeof COMPARISONS)[number]

export interface HistoryPeriod {
  view: HistoryView
  granularity: Granularity
  /** Any local date in it, YYYY-MM-DD. */
  date: string
  /** Unix seconds, half open. */
  fromSeconds: number
  toSeconds: number
  /** A date in the period before and after, to go there; null where that lies in the future. */
  previousDate: string
  nextDate: string | null
}

const GRANULARITY: Record<HistoryView, Granularity> = { day: 'hour', week: 'day', month: 'day', year: 'month' }

/** The local day, week (from Monday), month or year that contains a date. @param date YYYY-MM-DD */
export function historyPeriod(view: HistoryView, date: string, timeZone: string, nowSeconds: number): HistoryPeriod {
  const start = DateTime.fromISO(date, { zone: 'utc' }).startOf(view)
  const step: DurationLike = { [view]: 1 }
  const secondsOf = (day: DateTime) => localDateStartSeconds(day.toISODate() ?? date, timeZone)
  const toSeconds = secondsOf(start.plus(step))
  return {
    view,
    granularity: GRANULARITY[view],
    date: start.toISODate() ?? date,
    fromSeconds: secondsOf(start),
    toSeconds,
    previousDate: start.minus(step).toISODate() ?? date,
    nextDate: toSeconds <= nowSeconds ? (start.plus(step).toISODate() ?? null) : null,
  }
}

/** What a period is compared with: the one before, or the same a year ago (for a week, 52 weeks: the same weekdays). */
export function comparedDate({ view, date, previousDate }: HistoryPeriod, comparison: Comparison): string | null {
  if (comparison === 'none') return null
  if (comparison === 'before') return previousDate
  return DateTime.fromISO(date, { zone: 'utc' }).minus(view === 'week' ? { weeks: 52 } : { years: 1 }).toISODate()
}

/** The local date of a moment, YYYY-MM-DD. */
export function localDate(seconds: number, timeZone: string): string {
  return DateTime.fromSeconds(seconds, { zone: timeZone }).toISODate() ?? ''
}
