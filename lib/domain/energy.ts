/**
 * Energy of a meter's readings, integrated over their real spans. A reading at t covers (t_previous, t]; after a gap only
 * (t - interval, t], because what was not measured is not invented. A minute named m covers (m, m + 60].
 */

export interface MeterReading {
  timestampSeconds: number
  powerWatts: number
}

/** The half-open time (startSeconds, endSeconds] over which one reading stands for the power. */
export interface MeterSpan {
  startSeconds: number
  endSeconds: number
  powerWatts: number
}

export interface MeterEnergy {
  /** Negative while more was exported than drawn. */
  energyWh: number
  /** Seconds that readings cover, fractions included. */
  coveredSeconds: number
  /** Lowest and highest reading that covers any part; 0 where nothing is covered. */
  minWatts: number
  maxWatts: number
}

export interface MinuteEnergy extends MeterEnergy {
  /** Unix seconds of the minute's start. */
  minuteSeconds: number
}

export const MINUTE_SECONDS = 60
export const SECONDS_PER_HOUR = 3600

const GAP_FACTOR = 2.5
/** Jitter of a meter that is faster than 1 Hz is no gap. */
const GAP_SLACK_SECONDS = 1.5

/** Whether readings are missing between two that are `spacingSeconds` apart, for a meter that reports every `intervalSeconds`. */
export function isGap(spacingSeconds: number, intervalSeconds: number): boolean {
  return spacingSeconds > GAP_FACTOR * intervalSeconds && spacingSeconds > intervalSeconds + GAP_SLACK_SECONDS
}

/** What a reading covers. A reading with none before it, or after a gap, covers one meter interval. */
export function coveredSpan(
  reading: MeterReading,
  previousTimestampSeconds: number | null,
  intervalSeconds: number,
): MeterSpan {
  const { timestampSeconds: endSeconds, powerWatts } = reading
  const alone = previousTimestampSeconds === null || isGap(endSeconds - previousTimestampSeconds, intervalSeconds)
  return { startSeconds: alone ? endSeconds - intervalSeconds : previousTimestampSeconds, endSeconds, powerWatts }
}

/** The minute that (secondsBefore, timestampSeconds] falls into, for a whole second: 12:01:00 still belongs to 12:00. */
export function minuteOfSecond(timestampSeconds: number): number {
  return Math.floor((timestampSeconds - 1) / MINUTE_SECONDS) * MINUTE_SECONDS
}

/** Calls `visit` with the seconds of the span that fall into each minute it touches, oldest first. */
export function forEachMinute(span: MeterSpan, visit: (minuteSeconds: number, seconds: number) => void): void {
  let minuteSeconds = Math.floor(span.startSeconds / MINUTE_SECONDS) * MINUTE_SECONDS
  for (; minuteSeconds < span.endSeconds; minuteSeconds += MINUTE_SECONDS) {
    const seconds = Math.min(span.endSeconds, minuteSeconds + MINUTE_SECONDS) - Math.max(span.startSeconds, minuteSeconds)
    if (seconds > 0) visit(minuteSeconds, seconds)
  }
}

export function emptyMeterEnergy(): MeterEnergy {
  return { energyWh: 0, coveredSeconds: 0, minWatts: 0, maxWatts: 0 }
}

/** Adds `seconds` at `powerWatts` to a sum, in place. */
export function addEnergy(sum: MeterEnergy, powerWatts: number, seconds: number): void {
  const first = sum.coveredSeconds === 0
  sum.energyWh += (powerWatts * seconds) / SECONDS_PER_HOUR
  sum.coveredSeconds += seconds
  sum.minWatts = first ? powerWatts : Math.min(sum.minWatts, powerWatts)
  sum.maxWatts = first ? powerWatts : Math.max(sum.maxWatts, powerWatts)
}

/**
 * Integrates readings in strictly increasing time order, split exactly at minute borders.
 * @returns every minute that a reading covers at least partly, oldest first
 */
export function integrateReadings(readings: readonly MeterReading[], nominalIntervalSeconds: number): MinuteEnergy[] {
  const minutes = new Map<number, MinuteEnergy>()
  let previousSeconds: number | null = null
  for (const reading of readings) {
    const span = coveredSpan(reading, previousSeconds, nominalIntervalSeconds)
    forEachMinute(span, (minuteSeconds, seconds) => {
      let minute = minutes.get(minuteSeconds)
      if (!minute) minutes.set(minuteSeconds, (minute = { minuteSeconds, ...emptyMeterEnergy() }))
      addEnergy(minute, reading.powerWatts, seconds)
    })
    previousSeconds = reading.timestampSeconds
  }
  return [...minutes.values()]
}

/**
 * One minute's energy from stored readings: those within (minuteSeconds, minuteSeconds + 60], the last one before and the first
 * one after, in time order. Without the neighbours the edges count only as far as one interval reaches.
 */
export function integrateMinute(
  readings: readonly MeterReading[],
  nominalIntervalSeconds: number,
  minuteSeconds: number,
): MinuteEnergy {
  const found = integrateReadings(readings, nominalIntervalSeconds).find((minute) => minute.minuteSeconds === minuteSeconds)
  return found ?? { minuteSeconds, ...emptyMeterEnergy() }
}
