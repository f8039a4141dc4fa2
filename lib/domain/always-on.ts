import { QUARTER_SECONDS, type LocalCalendar } from './local-calendar'

const NEAR_BASE_PERCENTILE = 0.025
/** Part of a quarter of an hour that has to be measured for its mean to count. */
const LEAST_COVERED = 0.9
/** A day counts if this much of it was measured: a day without its night says nothing about the base load. */
const LEAST_DAY_QUARTERS = 72
const NIGHT_END_CLOCK_SECONDS = 6 * 3600
const LEAST_NIGHT_QUARTERS = 16

export interface MeterQuarters {
  /** Unix seconds, ascending. */
  startSeconds: readonly number[]
  importedWh: readonly number[]
  exportedWh: readonly number[]
  /** Of all buildings together. */
  coveredSeconds: readonly number[]
}

/**
 * What a home draws whatever happens in it: the median over days of each day's near-base load, the 2.5th percentile of its
 * quarter-hour means (P. Price, Methods for Analyzing Electric Load Shape and its Variability, LBNL-3713E, 2010). A percentile
 * within the day, so that a single power cut or lost reading does not decide it; a median over days, so that an odd day does not.
 * Where energy is fed in, the meter hides what the home itself draws of it while the sun shines: there only local nights (0 to
 * 6 o'clock) count.
 * @param buildings how many meters the quarters are sums of
 * @returns null where fewer than three days were measured well enough
 */
export function alwaysOnLoad(
  quarters: MeterQuarters,
  calendar: LocalCalendar,
  buildings: number,
): { powerWatts: number; days: number } | null {
  const nightsOnly = quarters.exportedWh.some((energyWh) => energyWh > 0)
  const days = new Map<number, number[]>()
  for (const [index, at] of quarters.startSeconds.entries()) {
    const covered = quarters.coveredSeconds[index] ?? 0
    if (covered < LEAST_COVERED * QUARTER_SECONDS * buildings) continue
    const { dayNumber, clockSeconds } = calendar.moment(at)
    if (nightsOnly && clockSeconds >= NIGHT_END_CLOCK_SECONDS) continue
    const watts = (((quarters.importedWh[index] ?? 0) * 3600) / covered) * buildings
    const day = days.get(dayNumber)
    if (day) day.push(watts)
    else days.set(dayNumber, [watts])
  }
  const least = nightsOnly ? LEAST_NIGHT_QUARTERS : LEAST_DAY_QUARTERS
  const bases = [...days.values()].filter((watts) => watts.length >= least).map((watts) => quantile(watts, NEAR_BASE_PERCENTILE))
  return bases.length < 3 ? null : { powerWatts: quantile(bases, 0.5), days: bases.length }
}

/** Linear between the two nearest of the sorted values (Hyndman and Fan 1996, definition 7). The list must not be empty. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const position = (sorted.length - 1) * share
  const below = sorted[Math.floor(position)] ?? NaN
  const above = sorted[Math.ceil(position)] ?? NaN
  return below + (above - below) * (position - Math.floor(position))
}
