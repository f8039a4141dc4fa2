import type { LocalCalendar } from '@/lib/domain/local-calendar'
import { HOUR_SECONDS, rankConfidence, type BuildingHistory, type Incident } from './incident'
import { median, spread } from './robust'

const NIGHT_END_HOUR = 6
const LEAST_NIGHT_HOURS = 4
const RECENT_NIGHTS = 3
const LEAST_NIGHTS = 10
const LEAST_WATTS = 15
const LEAST_SHARE = 0.2
const LEAST_DEVIATIONS = 5

/** A changepoint of the lowest power of the nights: three in a row above what the nights before had. */
export function standbyRose(history: BuildingHistory, calendar: LocalCalendar): Incident[] {
  const nights = nightlyMinimum(history, calendar)
  const recent = nights.slice(-RECENT_NIGHTS)
  const past = nights.slice(0, -RECENT_NIGHTS)
  if (past.length < LEAST_NIGHTS || recent.length < RECENT_NIGHTS) return []
  const before = past.map(({ watts }) => watts)
  const usual = median(before)
  const threshold = Math.max(LEAST_WATTS, LEAST_SHARE * Math.abs(usual), LEAST_DEVIATIONS * spread(before))
  const strength = Math.min(...recent.map(({ watts }) => watts - usual)) / threshold
  if (strength < 1) return []
  const value = median(recent.map(({ watts }) => watts))
  return [{
    type: 'standby_rose',
    buildingId: history.buildingId,
    appliance: null,
    startSeconds: recent[0]!.startSeconds,
    endSeconds: history.nowSeconds,
    severity: 'warning',
    value,
    expectedValue: usual,
    unit: 'W',
    strength,
    confidence: rankConfidence(past.length, strength),
    details: { watts: value, usualWatts: usual, extraKwhPerYear: ((value - usual) * 8.76), nights: past.length },
    curve: nights.map(({ startSeconds, watts }) => [startSeconds, watts, usual]),
  }]
}

function nightlyMinimum(history: BuildingHistory, calendar: LocalCalendar): { startSeconds: number; watts: number }[] {
  const byNight = new Map<number, { startSeconds: number; watts: number[] }>()
  for (const { startSeconds, minWatts, coveredSeconds } of history.hours) {
    const { dayNumber, clockSeconds } = calendar.moment(startSeconds)
    if (clockSeconds >= NIGHT_END_HOUR * HOUR_SECONDS || coveredSeconds < 0.9 * HOUR_SECONDS) continue
    const night = byNight.get(dayNumber)
    if (night) night.watts.push(minWatts)
    else byNight.set(dayNumber, { startSeconds, watts: [minWatts] })
  }
  // The lowest of a night may be a dropped reading; the middle of its hours' lowest is not.
  return [...byNight.values()]
    .filter(({ watts }) => watts.length >= LEAST_NIGHT_HOURS)
    .map(({ startSeconds, watts }) => ({ startSeconds, watts: median(watts) }))
}
