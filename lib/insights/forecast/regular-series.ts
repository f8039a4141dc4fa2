const ALLOWED_STEPS_SECONDS = [
  60, 120, 180, 240, 300, 360, 600, 720, 900, 1200, 1800, 3600,
  7200, 10_800, 14_400, 21_600, 28_800, 43_200, 86_400,
]

/** Values on a regular grid; NaN where nothing was measured. */
export interface RegularSeries {
  /** Unix seconds of the first value; each value stands for the step that begins at its time. */
  startSeconds: number
  stepSeconds: number
  values: Float64Array
}

/** Why no series can be made of what was given, and what would help. */
export class SeriesError extends Error {
  override name = 'SeriesError'
}

/**
 * Lays points of any order and spacing on a grid of their usual distance: several in one step are averaged, missing ones are NaN.
 * @param times Unix seconds
 * @param longestSteps older values than this many steps are left out
 * @throws SeriesError where the points are fewer than three or further apart than a day
 */
export function regularSeries(times: readonly number[], values: readonly number[], longestSteps = 400_000): RegularSeries {
  const order = times.map((_, index) => index).sort((a, b) => times[a]! - times[b]!)
  const stepSeconds = usualStep(order.map((index) => times[index]!))
  const last = times[order.at(-1)!]!
  const firstKept = Math.max(times[order[0]!]!, last - (longestSteps - 1) * stepSeconds)
  // The grid's phase is the newest point's, so that the forecast goes on where the series ends.
  const steps = Math.floor((last - firstKept) / stepSeconds + 0.5)
  const startSeconds = last - steps * stepSeconds
  const sums = new Float64Array(steps + 1)
  const counts = new Uint32Array(steps + 1)
  for (const index of order) {
    const at = Math.floor((times[index]! - startSeconds) / stepSeconds + 0.5)
    const value = values[index]!
    if (at < 0 || !Number.isFinite(value)) continue
    sums[at]! += value
    counts[at]!++
  }
  return { startSeconds, stepSeconds, values: sums.map((sum, at) => (counts[at]! > 0 ? sum / counts[at]! : Number.NaN)) }
}

function usualStep(sorted: readonly number[]): number {
  const gaps: number[] = []
  for (let i = 1; i < sorted.length; i++) if (sorted[i]! > sorted[i - 1]!) gaps.push(sorted[i]! - sorted[i - 1]!)
  if (gaps.length < 2) throw new SeriesError('A forecast needs a series: there are fewer than three different times.')
  gaps.sort((a, b) => a - b)
  const median = gaps[Math.floor(gaps.length / 2)]!
  const step = ALLOWED_STEPS_SECONDS.find((allowed) => median <= allowed * 1.02)
  if (step === undefined) throw new SeriesError(`The values are ${(median / 86_400).toFixed(1)} days apart; at most a day is allowed.`)
  return step
}

/** The same series by the hour of its grid, each value the mean of its hour; an hour that is less than half known is NaN. */
export function hourlyMeans({ startSeconds, stepSeconds, values }: RegularSeries): RegularSeries {
  const perHour = 3600 / stepSeconds
  if (perHour === 1) return { startSeconds, stepSeconds, values }
  // Hours end where the series ends: its newest values must not be cut off.
  const hours = Math.floor(values.length / perHour)
  const skipped = values.length - hours * perHour
  const means = new Float64Array(hours)
  for (let hour = 0; hour < hours; hour++) {
    const part = values.subarray(skipped + hour * perHour, skipped + (hour + 1) * perHour)
    let sum = 0
    let count = 0
    for (const value of part) {
      if (Number.isNaN(value)) continue
      sum += value
      count++
    }
    means[hour] = count * 2 >= perHour ? sum / count : Number.NaN
  }
  return { startSeconds: startSeconds + skipped * stepSeconds, stepSeconds: 3600, values: means }
}
