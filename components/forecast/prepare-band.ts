/** An hour of a chart: band and forecast, and what was measured where it is known. W. */
export interface BandRow {
  /** Unix seconds. */
  startSeconds: number
  band: [number, number]
  value: number
  actual: number | null
}

interface BandPoint {
  startSeconds: number
  value: number
  lower95: number
  upper95: number
  actual?: number | null
}

export const bandRows = (points: readonly BandPoint[]): BandRow[] =>
  points.map(({ startSeconds, value, lower95, upper95, actual }) => ({
    startSeconds,
    value,
    band: [lower95, upper95],
    actual: actual ?? null,
  }))

/** How a band did: hours that were measured, those inside it, and how far the forecast was off in the mean (W). */
export function bandScore(rows: readonly BandRow[]): { measured: number; inside: number; meanErrorWatts: number } {
  let [measured, inside, error] = [0, 0, 0]
  for (const { actual, value, band } of rows) {
    if (actual === null) continue
    measured++
    error += Math.abs(actual - value)
    if (actual >= band[0] && actual <= band[1]) inside++
  }
  return { measured, inside, meanErrorWatts: measured > 0 ? error / measured : 0 }
}
