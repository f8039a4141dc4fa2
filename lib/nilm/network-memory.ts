/** Kernel 3: a block looks back two dilated steps. */
const REACH = 2

/**
 * What a network's blocks remember of one building: the columns [channels] that went into each during its last 2 x dilation
 * steps, zeros before the first. Rings, so that a step moves one column of a block instead of all.
 */
export class NetworkMemory {
  private readonly values: Float32Array
  private steps = 0

  constructor(
    private readonly dilations: readonly number[],
    private readonly channels: number,
  ) {
    this.values = new Float32Array(NetworkMemory.columnsOf(dilations) * channels)
  }

  /** Columns of all blocks. */
  static columnsOf(dilations: readonly number[]): number {
    return dilations.reduce((sum, dilation) => sum + REACH * dilation, 0)
  }

  /** What the next step looks back at, into row `row` of each block of `taps` [blocks * rows, 2 * channels]. */
  copyTaps(taps: Float32Array, row: number, rows: number): void {
    const { values, channels } = this
    let start = 0
    let to = row * REACH * channels
    for (const dilation of this.dilations) {
      const oldest = start + (this.steps % (REACH * dilation)) * channels
      const later = start + ((this.steps + dilation) % (REACH * dilation)) * channels
      for (let i = 0; i < channels; i++) {
        taps[to + i] = values[oldest + i]!
        taps[to + channels + i] = values[later + i]!
      }
      start += REACH * dilation * channels
      to += rows * REACH * channels
    }
  }

  /** Everything, block by block, oldest first, into `past` [columnsOf(dilations), channels]. */
  copyPast(past: Float32Array): void {
    let start = 0
    for (const dilation of this.dilations) {
      const size = REACH * dilation * this.channels
      const oldest = start + (this.steps % (REACH * dilation)) * this.channels
      past.set(this.values.subarray(oldest, start + size), start)
      past.set(this.values.subarray(start, oldest), start + size - (oldest - start))
      start += size
    }
  }

  /** Takes the next `count` steps' columns from `columns` [blocks * rows, channels], in each block from row `row` on. */
  add(columns: Float32Array, row: number, rows: number, count: number): void {
    let start = 0
    let first = row
    for (const dilation of this.dilations) {
      const period = REACH * dilation
      const kept = Math.min(count, period)
      const skipped = count - kept
      const slot = (this.steps + skipped) % period
      const beforeEnd = Math.min(kept, period - slot)
      this.copy(columns, first + skipped, beforeEnd, start + slot)
      this.copy(columns, first + skipped + beforeEnd, kept - beforeEnd, start)
      start += period
      first += rows
    }
    this.steps += count
  }

  private copy(columns: Float32Array, from: number, count: number, to: number): void {
    if (count > 0) this.values.set(columns.subarray(from * this.channels, (from + count) * this.channels), to * this.channels)
  }
}
