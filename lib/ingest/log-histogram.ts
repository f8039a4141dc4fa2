/** Steps of the logarithm: values within 2.5 % of each other count as one. */
const STEPS_PER_E = 20

/** Finds the median, or another quantile, of any number of values in constant memory. */
export class LogHistogram {
  private readonly bins = new Map<number, { count: number; first: number }>()
  count = 0

  /** @param value 0 or more */
  add(value: number): void {
    const bin = value > 0 ? Math.round(Math.log(value) * STEPS_PER_E) : Number.NEGATIVE_INFINITY
    const known = this.bins.get(bin)
    if (known) known.count++
    else this.bins.set(bin, { count: 1, first: value })
    this.count++
  }

  get median(): number {
    return this.quantile(0.5)
  }

  /** The value that this share of all are not above; NaN where there are none. */
  quantile(share: number): number {
    let below = 0
    for (const [, { count, first }] of [...this.bins].sort(([a], [b]) => a - b)) {
      below += count
      // One of the values itself, so that of regular ones the median is exact.
      if (below >= share * this.count) return first
    }
    return Number.NaN
  }

  /** How much of the sum of the values up to `largest` is left where each counts `most` at most, 0..1; 1 where there are none. */
  shareWithin(most: number, largest: number): number {
    let sum = 0
    let within = 0
    for (const { count, first } of this.bins.values()) {
      if (first > largest) continue
      sum += count * first
      within += count * Math.min(first, most)
    }
    return sum > 0 ? within / sum : 1
  }
}
