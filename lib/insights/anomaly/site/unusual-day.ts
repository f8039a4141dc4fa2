import type { LocalCalendar } from '@/lib/domain/local-calendar'
import { DAY_SECONDS, HOUR_SECONDS, rankConfidence, type BuildingHistory, type HourReading, type Incident } from './incident'
import { IsolationForest } from './isolation-forest'
import type { DayFeatures } from './limits'
import { median } from './robust'

const LEAST_DAYS = 21
const LEAST_HOURS_A_DAY = 23
const LEAST_COVERED = 0.9
/** Beyond every day before, and by so much. */
const MARGIN = 1.08
const LEAST_SCORE = 0.68
const SEED = 7
const QUARTERS_OF_DAY = 4

interface Day extends DayFeatures {
  endSeconds: number
}

/**
 * The last complete day, where its shape is unlike all days before: an isolation forest on features of the days.
 * @param older days of before the history, which a fit has kept
 */
export function unusualDay(history: BuildingHistory, calendar: LocalCalendar, older: readonly DayFeatures[] = []): Incident[] {
  const own = daysOf(history.hours, calendar, history.nowSeconds)
  const day = own.at(-1)
  const first = own[0]?.startSeconds ?? Infinity
  const past = [...older.filter(({ startSeconds }) => startSeconds < first - HOUR_SECONDS), ...own.slice(0, -1)]
  if (!day || past.length < LEAST_DAYS || day.endSeconds < history.nowSeconds - 1.5 * DAY_SECONDS) return []
  // With the day itself: a forest that never saw it could not put it further out than the furthest of the others.
  const forest = new IsolationForest([...past, day].map(({ features }) => features), SEED)
  const threshold = past.reduce((most, { features }) => Math.max(most, forest.score(features)), LEAST_SCORE / MARGIN) * MARGIN
  const score = forest.score(day.features)
  const strength = score / threshold
  if (strength < 1) return []
  const expectedWh = median(past.map(({ totalWh }) => totalWh))
  return [{
    type: 'unusual_day',
    buildingId: history.buildingId,
    appliance: null,
    startSeconds: day.startSeconds,
    endSeconds: day.endSeconds,
    severity: 'info',
    value: day.totalWh / 1000,
    expectedValue: expectedWh / 1000,
    unit: 'kWh',
    strength,
    confidence: rankConfidence(past.length, strength),
    details: { valueKwh: day.totalWh / 1000, expectedKwh: expectedWh / 1000, days: past.length },
    curve: own.map(({ startSeconds, totalWh }) => [startSeconds, totalWh, expectedWh]),
  }]
}

/** The whole days of a building's hours that are over at a moment, Unix seconds; oldest first. */
export function daysOf(hours: readonly HourReading[], calendar: LocalCalendar, nowSeconds: number): Day[] {
  const today = calendar.dayNumber(nowSeconds)
  const byDay = new Map<number, HourReading[]>()
  for (const hour of hours) {
    if (hour.coveredSeconds < LEAST_COVERED * HOUR_SECONDS) continue
    const number = calendar.dayNumber(hour.startSeconds)
    if (number >= today) continue
    const day = byDay.get(number)
    if (day) day.push(hour)
    else byDay.set(number, [hour])
  }
  const whole = [...byDay.values()].filter((day) => day.length >= LEAST_HOURS_A_DAY)
  return whole.map((day) => {
    const energies = day.map(({ energyWh }) => energyWh)
    const parts = Array.from({ length: QUARTERS_OF_DAY }, (_, part) => {
      const inside = day.filter(({ startSeconds }) => {
        return Math.floor((calendar.moment(startSeconds).clockSeconds / DAY_SECONDS) * QUARTERS_OF_DAY) === part
      })
      return inside.reduce((sum, { energyWh }) => sum + energyWh, 0)
    })
    const totalWh = energies.reduce((sum, energyWh) => sum + energyWh, 0)
    return {
      startSeconds: day[0]!.startSeconds,
      endSeconds: day.at(-1)!.startSeconds + HOUR_SECONDS,
      totalWh,
      features: [totalWh, Math.max(...energies), Math.min(...energies), Math.max(...day.map(({ maxWatts }) => maxWatts)), ...parts],
    }
  })
}
