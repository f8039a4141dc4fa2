import { DateTime } from 'luxon'
import { energyCost } from './cost'

export interface HourUse {
  /** Unix seconds. */
  startSeconds: number
  coveredSeconds: number
  energyWh: number
  onSeconds: number
}

export interface WeekUse {
  startTimestamp: number
  runs: number
  energyKwh: number
  cost: number
  coverage: number
  duty: number | null
}

const DAY_SECONDS = 86_400
/** Less measured time says nothing of a stretch of weeks. */
const LEAST_TREND_SECONDS = 7 * DAY_SECONDS

/** Monday 0:00 at the site, `weeksBack` weeks before the week of a moment, in Unix seconds. */
export function weekStartSeconds(atSeconds: number, timeZone: string, weeksBack: number): number {
  return DateTime.fromSeconds(atSeconds, { zone: timeZone }).startOf('week').minus({ weeks: weeksBack }).toSeconds()
}

/**
 * Use by local week, oldest first, the week in progress last. An hour belongs to the week it starts in.
 * @param hours the measured ones
 */
export function applianceWeeks(
  hours: readonly HourUse[],
  runStarts: readonly number[],
  { nowSeconds, timeZone, weeks, pricePerKwh }: { nowSeconds: number; timeZone: string; weeks: number; pricePerKwh: number },
): WeekUse[] {
  return Array.from({ length: weeks }, (_, index) => {
    const startTimestamp = weekStartSeconds(nowSeconds, timeZone, weeks - 1 - index)
    const end = weekStartSeconds(nowSeconds, timeZone, weeks - 2 - index)
    const own = sumHours(hours, startTimestamp, end)
    return {
      startTimestamp,
      runs: runStarts.filter((at) => at >= startTimestamp && at < end).length,
      energyKwh: own.energyKwh,
      cost: energyCost(own.energyKwh, pricePerKwh),
      coverage: Math.min(1, own.coveredSeconds / (Math.min(end, nowSeconds) - startTimestamp)),
      duty: own.duty,
    }
  })
}

/** Share of the measured time it was on in [fromSeconds, toSeconds); null where nothing was measured. */
export function dutyBetween(hours: readonly HourUse[], fromSeconds: number, toSeconds: number): number | null {
  return sumHours(hours, fromSeconds, toSeconds).duty
}

/** Energy a measured day in the last four weeks against the four before; null where either has less than a week of measurements. */
export function applianceTrend(hours: readonly HourUse[], nowSeconds: number) {
  const recent = sumHours(hours, nowSeconds - 28 * DAY_SECONDS, nowSeconds)
  const before = sumHours(hours, nowSeconds - 56 * DAY_SECONDS, nowSeconds - 28 * DAY_SECONDS)
  if (Math.min(recent.coveredSeconds, before.coveredSeconds) < LEAST_TREND_SECONDS) return null
  const perDay = (sum: typeof recent) => (sum.energyKwh * DAY_SECONDS) / sum.coveredSeconds
  const [recentKwhPerDay, beforeKwhPerDay] = [perDay(recent), perDay(before)]
  return { recentKwhPerDay, beforeKwhPerDay, change: beforeKwhPerDay > 0 ? recentKwhPerDay / beforeKwhPerDay - 1 : null }
}

function sumHours(hours: readonly HourUse[], fromSeconds: number, toSeconds: number) {
  const own = hours.filter(({ startSeconds }) => startSeconds >= fromSeconds && startSeconds < toSeconds)
  const coveredSeconds = own.reduce((sum, hour) => sum + hour.coveredSeconds, 0)
  return {
    coveredSeconds,
    energyKwh: own.reduce((sum, hour) => sum + hour.energyWh, 0) / 1000,
    duty: coveredSeconds > 0 ? Math.min(1, own.reduce((sum, hour) => sum + hour.onSeconds, 0) / coveredSeconds) : null,
  }
}
