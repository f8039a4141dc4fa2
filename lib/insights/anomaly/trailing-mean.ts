/** Mean of the newest values, at most `length` of them. */
export class TrailingMean {
  private readonly ring: Float64Array
  private count = 0
  private sum = 0

  constructor(private readonly length: number) {
    this.ring = new Float64Array(length)
  }

  get isFull(): boolean {
    return this.count >= this.length
  }

  push(value: number): number {
    const at = this.count % this.length
    this.sum += value - this.ring[at]!
    this.ring[at] = value
    this.count++
    // Added up anew once a round, so that rounding errors do not pile up.
    if (at === this.length - 1) this.sum = this.ring.reduce((total, each) => total + each, 0)
    return this.sum / Math.min(this.count, this.length)
  }
}
