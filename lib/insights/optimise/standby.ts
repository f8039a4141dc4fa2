import { alwaysOnLoad, quantile, type MeterQuarters } from '@/lib/domain/always-on'
import type { LocalCalendar } from '@/lib/domain/local-calendar'

const WEEK_SECONDS = 7 * 86_400
const LEAST_WEEKS = 6
/** The best weeks are as many as these of all, so that a single week away from home does not decide. */
const BEST_SHARE = 0.25
const RECENT_WEEKS = 4
/** Less than this may be chance: W, and of what is always on. */
const LEAST_EXCESS_WATTS = 5
const LEAST_EXCESS_SHARE = 0.05

export interface StandbyExcess {
  /** Always on in the last four weeks, and what the best weeks did not exceed. */
  currentWatts: number
  bestWatts: number
  weeks: number
  bestWeeks: number
  /** Share of the recent weeks that lie above the best, 0..1: how steady the excess is. */
  steadiness: number
}

/**
 * What is always on above what this home has reached in its own best weeks, a quarter of all measured.
 * @returns 'too short' with fewer than six measured weeks; 'at best' where there is no excess worth naming
 */
export function standbyExcess(
  quarters: MeterQuarters,
  calendar: LocalCalendar,
  meters: number,
  toSeconds: number,
): StandbyExcess | 'too short' | 'at best' {
  const byWeek = new Map<number, number[]>()
  for (const [index, at] of quarters.startSeconds.entries()) {
    const week = Math.floor((toSeconds - at - 1) / WEEK_SECONDS)
    const indices = byWeek.get(week)
    if (indices) indices.push(index)
    else byWeek.set(week, [index])
  }
  const feedsIn = quarters.exportedWh.some((wh) => wh > 0)
  const loads = [...byWeek].flatMap(([week, indices]) => {
    const pick = (values: readonly number[]) => indices.map((index) => values[index] ?? 0)
    const own = { startSeconds: pick(quarters.startSeconds), importedWh: pick(quarters.importedWh), exportedWh: pick(quarters.exportedWh), coveredSeconds: pick(quarters.coveredSeconds) }
    // A dull week of a home with solar is judged by its nights as the sunny ones are.
    const load = alwaysOnLoad(feedsIn ? { ...own, exportedWh: own.exportedWh.map((wh) => Math.max(wh, Number.MIN_VALUE)) } : own, calendar, meters)
    return load ? [{ week, watts: load.powerWatts }] : []
  })
  const recent = loads.filter(({ week }) => week < RECENT_WEEKS).map(({ watts }) => watts)
  if (loads.length < LEAST_WEEKS || recent.length === 0) return 'too short'
  const bestWeeks = Math.max(2, Math.round(loads.length * BEST_SHARE))
  const bestWatts = loads.map(({ watts }) => watts).toSorted((a, b) => a - b)[bestWeeks - 1] ?? NaN
  const currentWatts = quantile(recent, 0.5)
  const excess = currentWatts - bestWatts
  if (excess < Math.max(LEAST_EXCESS_WATTS, LEAST_EXCESS_SHARE * currentWatts)) return 'at best'
  const steadiness = recent.filter((watts) => watts > bestWatts).length / recent.length
  return { currentWatts, bestWatts, weeks: loads.length, bestWeeks, steadiness }
}
