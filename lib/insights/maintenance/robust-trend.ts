import { quantile } from '@/lib/domain/always-on'

export interface TrendPoint {
  /** In weeks; need not be consecutive. */
  week: number
  value: number
}

export interface RobustTrend {
  /** Median of the slopes between all pairs of points, value per week. */
  slope: number
  slopeLow: number
  slopeHigh: number
  /** One-sided probability that as many pairs rise where there is no trend. */
  pRising: number
  /** Share of the pairs that rise by more than `leastSlope`. */
  shareAbove: number
  /** The line's value at the last point, and half the width of its 95 % interval. */
  level: number
  levelMargin: number
}

const Z_95 = 1.96
/** Turns a median absolute deviation into a standard deviation where errors are Gaussian. */
const MAD_TO_SIGMA = 1.4826

/**
 * The slope of Theil and Sen with its 95 % interval and the test of Mann and Kendall (R. O. Gilbert, Statistical Methods for
 * Environmental Pollution Monitoring, 1987, chapters 16 and 17): a single odd week, such as one away, does not move them. Weeks that
 * resemble the one before count for less: the variance is widened by the residuals' lag-1 correlation (Yue and Wang 2004).
 * @param points at least 4, in order
 */
export function robustTrend(points: readonly TrendPoint[], leastSlope: number): RobustTrend {
  const slopes: number[] = []
  let rises = 0
  for (const [index, point] of points.entries()) {
    for (const later of points.slice(index + 1)) {
      slopes.push((later.value - point.value) / (later.week - point.week))
      rises += Math.sign(later.value - point.value)
    }
  }
  slopes.sort((a, b) => a - b)
  const slope = quantile(slopes, 0.5)
  const intercept = quantile(points.map(({ week, value }) => value - slope * week), 0.5)
  const residuals = points.map(({ week, value }) => value - slope * week - intercept)
  const n = points.length
  const correlation = Math.min(0.8, Math.max(0, lag1(residuals)))
  const sigma = Math.sqrt(((n * (n - 1) * (2 * n + 5)) / 18) * ((1 + correlation) / (1 - correlation)))
  const margin = (Z_95 * sigma) / slopes.length / 2
  const spread = MAD_TO_SIGMA * quantile(residuals.map(Math.abs), 0.5)
  return {
    slope,
    slopeLow: quantile(slopes, Math.max(0, 0.5 - margin)),
    slopeHigh: quantile(slopes, Math.min(1, 0.5 + margin)),
    pRising: 1 - normalCdf((rises - 1) / sigma),
    shareAbove: slopes.filter((value) => value > leastSlope).length / slopes.length,
    level: intercept + slope * (points.at(-1)?.week ?? NaN),
    // At its end a line is twice as uncertain as in its middle.
    levelMargin: (2 * Z_95 * spread) / Math.sqrt(n),
  }
}

function lag1(values: readonly number[]): number {
  const power = values.reduce((sum, value) => sum + value * value, 0)
  if (power === 0) return 0
  return values.slice(1).reduce((sum, value, index) => sum + value * (values[index] ?? 0), 0) / power
}

/** Abramowitz and Stegun 26.2.17, to 7.5e-8. */
function normalCdf(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  const tail = density * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return z >= 0 ? 1 - tail : tail
}
