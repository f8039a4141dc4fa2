import { quantile } from '@/lib/domain/always-on'

/** Makes the median absolute deviation of normal values their standard deviation. */
const NORMAL_CONSISTENCY = 1.4826

export const median = (values: readonly number[]) => quantile(values, 0.5)

/** Median absolute deviation, scaled to the standard deviation of normal values. */
export function spread(values: readonly number[]): number {
  const middle = median(values)
  return NORMAL_CONSISTENCY * median(values.map((value) => Math.abs(value - middle)))
}
