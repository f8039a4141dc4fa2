import type { OutputColumn } from './estimate-horizon'
import type { MeterKind } from './output-blend'
import { OUTPUT_CHANNELS } from './stream-network'

export interface ReadingMeanState {
  seconds: number
  length: number
  meter: MeterKind | null
  sums: number[]
}

/**
 * What the networks answered about the seconds of one meter reading. A slow meter's reading is one value for many seconds; each of
 * them would get a decision of its own, and a run near the threshold would go on and off within a reading.
 */
export class ReadingMean {
  /** How many seconds of the reading have their answer. */
  seconds = 0
  private length = 1
  private meter: MeterKind | null = null
  private sums = new Float64Array(OUTPUT_CHANNELS)
  /** A fast meter's second needs no sum. */
  private only: OutputColumn | null = null

  /** @param intervalSeconds the meter's: at most so many seconds belong to the reading that begins here */
  add(from: OutputColumn | null, intervalSeconds: number): void {
    if (this.seconds === 0) {
      this.length = Math.max(1, Math.round(intervalSeconds))
      this.meter = from?.meter ?? null
    }
    this.seconds++
    this.only = from
    if (!from || this.length === 1) return
    for (let channel = 0; channel < OUTPUT_CHANNELS; channel++) {
      this.sums[channel]! += from.output[channel * from.count + from.column]!
    }
  }

  get isFull(): boolean {
    return this.seconds >= this.length
  }

  /** The mean over the seconds added, and begins anew. */
  take(): OutputColumn | null {
    const mean = this.length > 1 && this.meter ? this.mean(this.meter) : this.only
    this.reset()
    return mean
  }

  reset(): void {
    this.seconds = 0
    this.only = null
    this.sums.fill(0)
  }

  save(): ReadingMeanState {
    return { seconds: this.seconds, length: this.length, meter: this.meter, sums: [...this.sums] }
  }

  restore(state: ReadingMeanState): void {
    this.seconds = state.seconds
    this.length = state.length
    this.meter = state.meter
    this.sums = Float64Array.from(state.sums)
  }

  private mean(meter: MeterKind): OutputColumn {
    return { output: Float32Array.from(this.sums, (sum) => sum / this.seconds), count: 1, column: 0, meter }
  }
}
