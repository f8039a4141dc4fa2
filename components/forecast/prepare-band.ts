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

export interface BandScore {
  /** Hours. */
  measured: number
  /** Of these, hours inside the band. */
  inside: number
  meanErrorWatts: number
  /** Of the measured hours: what the line adds up to, and what they did. */
  forecastKwh: number
  measuredKwh: number
}

/** How a band did on the hours that were measured. */
export function bandScore(rows: readonly BandRow[]): BandScore {
  let [measured, inside, error, forecastKwh, measuredKwh] = [0, 0, 0, 0, 0]
  for (const { actual, value, band } of rows) {
    if (actual === null) continue
    measured++
    error += Math.abs(actual - value)
    forecastKwh += value / 1000
    measuredKwh += actual / 1000
    if (actual >= band[0] && actual <= band[1]) inside++
  }
  return { measured, inside, meanErrorWatts: measured > 0 ? error / measured : 0, forecastKwh, measuredKwh }
}
