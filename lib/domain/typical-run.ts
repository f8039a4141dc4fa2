/** What is known of one complete run. */
export interface CompleteRun {
  durationSeconds: number
  energyKwh: number
  /** Mean watts of each minute from the one it started in. */
  minuteWatts: readonly number[]
}

export interface RunSpread {
  low: number
  median: number
  high: number
}

export interface RunShape {
  runs: number
  durationSeconds: RunSpread
  energyKwh: RunSpread
  minuteWatts: RunSpread[]
}

/** Fewer runs say nothing of what is typical. */
const FEWEST_RUNS = 3
const LONGEST_SHAPE_MINUTES = 360

/**
 * What runs have in common: quartiles of their length and energy, and of their power minute by minute from the start. The shape ends
 * where three quarters of the runs have.
 * @returns null for fewer than three runs
 */
export function typicalRun(runs: readonly CompleteRun[]): RunShape | null {
  if (runs.length < FEWEST_RUNS) return null
  const lengths = spreadOf(runs.map((run) => run.minuteWatts.length))
  const minutes = Math.min(LONGEST_SHAPE_MINUTES, Math.ceil(lengths.high))
  return {
    runs: runs.length,
    durationSeconds: spreadOf(runs.map((run) => run.durationSeconds)),
    energyKwh: spreadOf(runs.map((run) => run.energyKwh)),
    minuteWatts: Array.from({ length: minutes }, (_, minute) => {
      return spreadOf(runs.map((run) => run.minuteWatts[minute] ?? 0))
    }),
  }
}

/** Quartiles, between two values by their distance (the method of Hyndman and Fan's type 7). */
export function spreadOf(values: readonly number[]): RunSpread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => {
    const position = share * (sorted.length - 1)
    const below = sorted[Math.floor(position)] ?? 0
    const above = sorted[Math.ceil(position)] ?? 0
    return below + (above - below) * (position - Math.floor(position))
  }
  return { low: at(0.25), median: at(0.5), high: at(0.75) }
}
