import { Random } from '@/lib/simulation/random'

/** With each further day ahead errors are larger by this share of the first's. */
const GROWTH_PER_DAY = 0.1
/** Correlation of an hour's error with the next one's: weather comes late or early for hours, not minutes. */
const HOURLY_CORRELATION = 0.9

/** How much larger the errors are of what was said so many days ahead than of what was said one. */
export const errorGrowth = (leadDays: number): number => 1 + GROWTH_PER_DAY * (leadDays - 1)

/** Hourly errors of mean 0 and variance 1 that last for hours: a first-order autoregression. The same for the same seed. */
export function correlatedErrors(seed: number, length: number): Float64Array {
  const random = new Random(seed)
  const errors = new Float64Array(length)
  let last = random.around(0, 1)
  for (let step = 0; step < length; step++) {
    last = HOURLY_CORRELATION * last + Math.sqrt(1 - HOURLY_CORRELATION ** 2) * random.around(0, 1)
    errors[step] = last
  }
  return errors
}
