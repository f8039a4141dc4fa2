import type { DateTime } from 'luxon'
import { MONTHS, SEASONS } from './lexicon'
import { daysOf, periodBefore, periodOpposite, periodYearBefore } from './plan-periods'

/** Keeps the two sides of a comparison apart. */

interface Sides {
  period: string
  against: string
}

const YEARLY = new RegExp(`^(?:${[...MONTHS, ...SEASONS, 'easter', 'christmas'].join('|')})(?: \\d{4})?$`)
const isMonth = (period: string): boolean => (MONTHS as readonly string[]).includes(period.split(' ')[0]!)

/**
 * What "since september" compares where no other side is named: this month with september, today with the monday since which.
 * Where nothing in progress goes with it ("since easter"), the time since with as much time before it.
 */
export function sidesSince(start: string, now: DateTime): Sides {
  const days = daysOf(start, now)
  const isInProgress = days !== null && days.to >= now.startOf('day')
  const running = isMonth(start) ? 'this month' : periodOpposite(start)
  if (running && !isInProgress) return { period: running, against: start }
  const period = isMonth(start) ? 'this month' : `since ${start}`
  return { period, against: periodBefore(period, now) }
}

/**
 * Two sides that are the same days, in the same words or in others, are never compared: a month, a season or a feast goes with
 * the one a year before, everything else with the time before it. What has been since a time is compared with that time from
 * when it was over. `isStated`: whether the question names the period itself, not only what to compare it with.
 */
export function keptApart({ period, against }: Sides, isStated: boolean, now: DateTime): Sides {
  const [own, other] = [daysOf(period, now), daysOf(against, now)]
  const isSame = period === against || (own && other && +own.from === +other.from && +own.to === +other.to)
  if (isSame) {
    const isOfYear = period === against ? YEARLY.test(period) && isStated : YEARLY.test(against)
    return { period, against: isOfYear ? periodYearBefore(period, now) : periodBefore(period, now) }
  }
  if (!own || !other || own.from > other.to || other.from > own.to) return { period, against }
  const today = now.startOf('day')
  if (period.startsWith('since ') && +own.from === +other.from && other.to < today) {
    return { period: `from ${other.to.plus({ days: 1 }).toISODate()} to ${today.toISODate()}`, against }
  }
  return isStated ? { period, against } : { period: against, against: periodBefore(against, now) }
}
