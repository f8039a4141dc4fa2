/** Durations counted by size: of each bucket how many lie in it, the last one beyond the last bound. */
export interface Latencies {
  count: number
  /** Of all durations together. */
  totalSeconds: number
  /** One more than there are bounds. */
  buckets: readonly number[]
}

/** Upper bounds of the buckets in which all durations of the application are counted, in seconds. */
export const LATENCY_BOUNDS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const

export const NO_LATENCIES: Latencies = { count: 0, totalSeconds: 0, buckets: LATENCY_BOUNDS_SECONDS.map(() => 0).concat(0) }

export function addLatencies(all: Iterable<Latencies>): Latencies {
  let sum = NO_LATENCIES
  for (const one of all) sum = combine(sum, one, 1)
  return sum
}

/** What came since `before`; all of `now` where the counter began anew. */
export function latenciesSince(now: Latencies, before: Latencies | undefined): Latencies {
  return before && now.count >= before.count ? combine(now, before, -1) : now
}

/**
 * The duration that this share of all stays below, in seconds: linear within its bucket, as Prometheus' histogram_quantile; the last
 * bound where it lies beyond. null where there is none.
 */
export function quantileSeconds({ count, buckets }: Latencies, share: number): number | null {
  if (count === 0) return null
  const rank = share * count
  let below = 0
  for (const [index, inBucket] of buckets.entries()) {
    const upper = LATENCY_BOUNDS_SECONDS[index]
    if (upper === undefined) break
    if (inBucket > 0 && below + inBucket >= rank) {
      const lower = LATENCY_BOUNDS_SECONDS[index - 1] ?? 0
      return lower + ((upper - lower) * (rank - below)) / inBucket
    }
    below += inBucket
  }
  return LATENCY_BOUNDS_SECONDS.at(-1) ?? null
}

function combine(one: Latencies, other: Latencies, sign: 1 | -1): Latencies {
  return {
    count: one.count + sign * other.count,
    // Sums of fractions that cancel out must not leave a negative rest.
    totalSeconds: Math.max(0, one.totalSeconds + sign * other.totalSeconds),
    buckets: one.buckets.map((inBucket, index) => Math.max(0, inBucket + sign * (other.buckets[index] ?? 0))),
  }
}
