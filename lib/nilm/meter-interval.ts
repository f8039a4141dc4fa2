const SPACINGS_KEPT = 15
/** Slowest meter the models were trained for; a slower one counts as one with gaps. */
const MAX_INTERVAL_SECONDS = 60
/** An outage says nothing about how often the meter reports. */
const LONGEST_SPACING_SECONDS = 300

/** How often a meter reports: the median of its last 15 spacings, 1 s until two readings are known. */
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
    const sorted = [...this.spacings].sort((a, b) => a - b)
    return Math.min(sorted[(sorted.length - 1) >> 1]!, MAX_INTERVAL_SECONDS)
  }

  save(): number[] {
    return [...this.spacings]
  }

  restore(spacings: readonly number[]): void {
    this.spacings = [...spacings]
  }
}

/** Time after which a fresh interval agrees with one that has run for ever, at the slowest meter. */
export const INTERVAL_MEMORY_SECONDS = (SPACINGS_KEPT + 1) * MAX_INTERVAL_SECONDS
