import { HOUR_SECONDS, rankConfidence, RECENT_SECONDS, type BuildingHistory, type HourReading, type Incident } from './incident'
import { median } from './robust'

const LEAST_HISTORY_HOURS = 72
/** Below, an hour counts as missing; a meter that is usually read so little has no gaps to report. */
const MISSING_SHARE = 0.5
const USUALLY_COVERED_SHARE = 0.9
const LEAST_GAP_HOURS = 2
const LEAST_STUCK_HOURS = 3
/** Of hours that stood still before; above, it is how this meter reports. */
const USUALLY_STILL_SHARE = 0.01
const STILL_WATTS = 0.05
const IMPOSSIBLE_FACTOR = 4
/** What a house connection of 3 x 63 A can draw. */
const LEAST_IMPOSSIBLE_WATTS = 43_000
const CURVE_HOURS = 48

/** Readings that are missing, stand still, or cannot be. */
export function meterFaults(history: BuildingHistory): Incident[] {
  const recentFrom = history.nowSeconds - RECENT_SECONDS
  const past = history.hours.filter(({ startSeconds }) => startSeconds < recentFrom)
  if (past.length < LEAST_HISTORY_HOURS) return []
  const hours = everyHour(history, past[0]!.startSeconds)
  const recent = hours.filter(({ startSeconds }) => startSeconds > recentFrom - HOUR_SECONDS)
  return [...gap(history, past, hours, recent), ...stuck(history, past, hours, recent), ...impossible(history, past, recent)]
}

/** Without those of which the meter says what cannot be: beside them nothing else would ever be unusual. */
export function possibleHours(hours: readonly HourReading[]): HourReading[] {
  const limits = limitsOf(hours)
  return hours.filter((hour) => strengthBeyond(hour, limits) < 1)
}

function gap(history: BuildingHistory, past: readonly HourReading[], all: readonly HourReading[], recent: readonly HourReading[]): Incident[] {
  if (median(past.slice(-7 * 24).map(({ coveredSeconds }) => coveredSeconds)) < USUALLY_COVERED_SHARE * HOUR_SECONDS) return []
  const hours = longestStretch(all, recent[0], ({ coveredSeconds }) => coveredSeconds < MISSING_SHARE * HOUR_SECONDS)
  if (hours.length < LEAST_GAP_HOURS) return []
  const missing = hours.reduce((sum, { coveredSeconds }) => sum + HOUR_SECONDS - coveredSeconds, 0) / HOUR_SECONDS
  return [{
    ...about(history, hours),
    type: 'meter_gap',
    severity: missing >= 12 ? 'critical' : 'warning',
    value: hours.length - missing,
    expectedValue: hours.length,
    unit: 'h',
    strength: missing / LEAST_GAP_HOURS,
    confidence: rankConfidence(past.length, missing / LEAST_GAP_HOURS),
    details: { hours: missing },
    curve: recent.slice(-CURVE_HOURS).map(({ startSeconds, coveredSeconds }) => [startSeconds, coveredSeconds / 60, 60]),
  }]
}

function stuck(history: BuildingHistory, past: readonly HourReading[], all: readonly HourReading[], recent: readonly HourReading[]): Incident[] {
  const isStill = ({ minWatts, maxWatts, coveredSeconds }: HourReading) => {
    return coveredSeconds >= MISSING_SHARE * HOUR_SECONDS && maxWatts - minWatts < STILL_WATTS
  }
  const hours = longestStretch(all, recent[0], isStill)
  if (hours.length < LEAST_STUCK_HOURS) return []
  const before = past.filter(({ startSeconds }) => startSeconds < hours[0]!.startSeconds)
  if (before.length < LEAST_HISTORY_HOURS || before.filter(isStill).length > USUALLY_STILL_SHARE * before.length) return []
  const usual = median(before.map(({ minWatts, maxWatts }) => maxWatts - minWatts))
  return [{
    ...about(history, hours),
    type: 'meter_stuck',
    severity: 'critical',
    value: 0,
    expectedValue: usual,
    unit: 'W',
    strength: hours.length / LEAST_STUCK_HOURS,
    confidence: rankConfidence(before.length, hours.length / LEAST_STUCK_HOURS),
    details: { hours: hours.length, watts: hours[0]!.minWatts, usualWatts: usual },
    curve: recent.slice(-CURVE_HOURS).map((hour) => [hour.startSeconds, hour.maxWatts - hour.minWatts, usual]),
  }]
}

function impossible(history: BuildingHistory, past: readonly HourReading[], recent: readonly HourReading[]): Incident[] {
  const limits = limitsOf(past)
  const { highest, lowest } = limits
  const strengthOf = (hour: HourReading) => strengthBeyond(hour, limits)
  const hours = recent.filter((hour) => hour.coveredSeconds > 0 && strengthOf(hour) >= 1)
  if (hours.length === 0) return []
  const worst = hours.reduce((a, b) => (strengthOf(b) > strengthOf(a) ? b : a))
  const isHigh = worst.maxWatts / limits.high >= worst.minWatts / limits.low
  return [{
    ...about(history, hours),
    type: 'meter_impossible',
    severity: 'critical',
    value: isHigh ? worst.maxWatts : worst.minWatts,
    expectedValue: isHigh ? highest : Math.min(lowest, -1),
    unit: 'W',
    strength: strengthOf(worst),
    confidence: rankConfidence(past.length, strengthOf(worst)),
    details: { watts: isHigh ? worst.maxWatts : worst.minWatts, highestWatts: isHigh ? highest : lowest },
    curve: recent.slice(-CURVE_HOURS).map((hour) => [hour.startSeconds, isHigh ? hour.maxWatts : hour.minWatts, isHigh ? highest : lowest]),
  }]
}

interface PowerLimits {
  /** The furthest that was measured and may have been, W. */
  highest: number
  lowest: number
  /** Beyond, a value cannot be, W. */
  high: number
  low: number
}

function limitsOf(hours: readonly HourReading[]): PowerLimits {
  const highest = furthest(hours.map(({ maxWatts }) => maxWatts))
  const lowest = -furthest(hours.map(({ minWatts }) => -minWatts))
  return { highest, lowest, high: limitAbove(highest), low: -limitAbove(-lowest) }
}

const limitAbove = (highestWatts: number) => Math.max(IMPOSSIBLE_FACTOR * highestWatts, LEAST_IMPOSSIBLE_WATTS)

const strengthBeyond = ({ minWatts, maxWatts }: HourReading, { high, low }: PowerLimits) => Math.max(maxWatts / high, minWatts / low)

/** The highest value that those below it do not make impossible, at least 0. */
function furthest(values: readonly number[]): number {
  let most = 0
  for (const value of values.toSorted((a, b) => a - b)) {
    if (value > limitAbove(most)) break
    most = Math.max(most, value)
  }
  return most
}

/** Every hour that is over since a time, those without any reading too. */
function everyHour({ hours, nowSeconds }: BuildingHistory, fromSeconds: number): HourReading[] {
  const known = new Map(hours.map((hour) => [hour.startSeconds, hour]))
  const count = Math.floor((nowSeconds - fromSeconds) / HOUR_SECONDS)
  return Array.from({ length: count }, (_, index) => {
    const startSeconds = fromSeconds + index * HOUR_SECONDS
    return known.get(startSeconds) ?? { startSeconds, energyWh: 0, coveredSeconds: 0, minWatts: 0, maxWatts: 0 }
  })
}

/** The longest stretch that reaches into what is recent, however long ago it began. */
function longestStretch(hours: readonly HourReading[], firstRecent: HourReading | undefined, holds: (hour: HourReading) => boolean): HourReading[] {
  let longest: HourReading[] = []
  let current: HourReading[] = []
  for (const hour of hours) {
    if (!holds(hour)) current = []
    else current.push(hour)
    if (current.length > longest.length && hour.startSeconds >= (firstRecent?.startSeconds ?? Infinity)) longest = [...current]
  }
  return longest
}

function about({ buildingId }: BuildingHistory, hours: readonly HourReading[]) {
  return {
    buildingId,
    appliance: null,
    startSeconds: hours[0]!.startSeconds,
    endSeconds: hours.at(-1)!.startSeconds + HOUR_SECONDS,
  }
}
