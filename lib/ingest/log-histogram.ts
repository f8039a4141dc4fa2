/** Steps of the logarithm: values within 2.5 % of each other count as one. */
const STEPS_PER_E = 20

/** Finds the median of any number of values in constant memory. */
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
    let below = 0
    for (const [, { count, first }] of [...this.bins].sort(([a], [b]) => a - b)) {
      below += count
      // One of the values itself, so that of regular ones the median is exact.
      if (2 * below >= this.count) return first
    }
    return Number.NaN
  }
}
