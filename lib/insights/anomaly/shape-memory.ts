/** Remembers the last windows of a series and says how unlike all of them the newest one is. */
export class ShapeMemory {
  /** Every value twice, `capacity` apart, so that each window lies in one piece. */
  private readonly ring: Float64Array
  private readonly capacity: number
  private count = 0

  /**
   * @param length values in a window
   * @param memory windows remembered
   */
  constructor(
    private readonly length: number,
    memory: number,
  ) {
    this.capacity = memory + 2 * length
    this.ring = new Float64Array(2 * this.capacity)
  }

  /**
   * @returns root mean square distance of the window that ends now to the nearest remembered one that does not overlap it (the
   *   discord of Keogh, Lin and Fu 2005, looking back only); null before there are two
   */
  push(value: number): number | null {
    const { ring, capacity, length } = this
    const end = this.count % capacity
    ring[end] = value
    ring[end + capacity] = value
    this.count++
    const windows = Math.min(this.count, capacity) - 2 * length + 1
    if (windows <= 0) return null
    const last = end + capacity
    let nearest = Infinity
    for (let back = length; back < length + windows; back++) {
      let distance = 0
      for (let i = 0; i < length && distance < nearest; i++) {
        const from = last - i - back
        const difference = ring[last - i]! - ring[from < 0 ? from + capacity : from]!
        distance += difference * difference
      }
      if (distance < nearest) nearest = distance
    }
    return Math.sqrt(nearest / length)
  }
}
