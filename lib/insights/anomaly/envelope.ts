/** The least range counted, relative to the size of the values: rounding is no news. */
const LEAST_RELATIVE_RANGE = 1e-9

/**
 * The range a statistic has moved in, slowly forgotten. News is how far a value lies outside, in widths of the range: without a
 * distribution to assume, heavy tails make their own range wide, and what was news once is known from then on.
 */
export class Envelope {
  private high = -Infinity
  private low = Infinity
  private seen = 0

  /**
   * @param retention what is left of the distance from the middle to either border after one value, 0..1
   * @param learnCount values that are only learnt from
   */
  constructor(
    private readonly retention: number,
    private readonly learnCount: number,
  ) {}

  /** @returns widths of the range that the value lies outside; 0 inside and while learning */
  push(value: number): number {
    this.seen++
    let news = 0
    if (this.seen > this.learnCount) {
      const leastRange = LEAST_RELATIVE_RANGE * Math.max(Math.abs(this.high), Math.abs(this.low), Number.MIN_VALUE)
      const range = Math.max(this.high - this.low, leastRange)
      news = Math.max(value - this.high, this.low - value, 0) / range
      const middle = (this.high + this.low) / 2
      this.high = middle + (this.high - middle) * this.retention
      this.low = middle + (this.low - middle) * this.retention
    }
    this.high = Math.max(this.high, value)
    this.low = Math.min(this.low, value)
    return news
  }
}
