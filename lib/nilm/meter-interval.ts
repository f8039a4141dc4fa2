import { isGap } from '@/lib/domain/energy'

const SPACINGS_KEPT = 15
/** Slowest meter the models were trained for; a slower one counts as one with gaps. */
const MAX_INTERVAL_SECONDS = 60
/** An outage says nothing about how often the meter reports. */
const LONGEST_SPACING_SECONDS = 300
/** This many spacings in a row that are alike, and would each be a gap to the median, are a slower rate and no gaps. */
const SLOWER_SPACINGS = 3
const ALIKE = 1.5

/**
 * How often a meter reports: the median of its last 15 spacings, 1 s until two readings are known. Where a meter becomes slower,
 * the newest spacings alone, lest minutes that it measured count as gaps.
 */
export class MeterInterval {
  private spacings: number[] = []

  /** Takes the time between two readings, which then counts in `seconds`. */
  add(spacingSeconds: number): void {
    if (spacingSeconds > LONGEST_SPACING_SECONDS) return
    this.spacings.push(spacingSeconds)
    if (this.spacings.length > SPACINGS_KEPT) this.spacings.shift()
  }

  get seconds(): number {
    if (this.spacings.length === 0) return 1
    const usual = median(this.spacings)
    const newest = this.spacings.slice(-SLOWER_SPACINGS)
    const alike = Math.max(...newest) <= ALIKE * Math.min(...newest)
    const slower = newest.length === SLOWER_SPACINGS && alike && newest.every((spacing) => isGap(spacing, usual))
    return Math.min(slower ? median(newest) : usual, MAX_INTERVAL_SECONDS)
  }

  save(): number[] {
    return [...this.spacings]
  }

  restore(spacings: readonly number[]): void {
    this.spacings = [...spacings]
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[(sorted.length - 1) >> 1]!
}

/** Time after which a fresh interval agrees with one that has run for ever, at the slowest meter. */
export const INTERVAL_MEMORY_SECONDS = (SPACINGS_KEPT + 1) * MAX_INTERVAL_SECONDS
