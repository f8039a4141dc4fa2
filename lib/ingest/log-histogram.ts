/** Steps of the logarithm: values are known to 2.5 %. */
const STEPS_PER_E = 20

/** Finds the median of any number of values in constant memory. */
export class LogHistogram {
  private readonly bins = new Map<number, number>()
  count = 0

  /** @param value 0 or more */
  add(value: number): void {
    const bin = value > 0 ? Math.round(Math.log(value) * STEPS_PER_E) : Number.NEGATIVE_INFINITY
    this.bins.set(bin, (this.bins.get(bin) ?? 0) + 1)
    this.count++
  }

  get median(): number {
    let below = 0
    for (const [bin, count] of [...this.bins].sort(([a], [b]) => a - b)) {
      below += count
      if (2 * below >= this.count) return Math.exp(bin / STEPS_PER_E)
    }
    return Number.NaN
  }
}
