import { APPLIANCE_COUNT } from '@/lib/contracts/appliances'
import type { GridSecond } from '../grid-resampler'

/** One horizon's view of the recorded seconds; all row-major. */
export interface HorizonRows {
  /** [count, fastChannels + slowChannels] */
  hidden: Float32Array
  /** [count, 11], calibrated, above 0 where the appliance is taken as on. */
  logits: Float32Array
  /** [count, 11] */
  onPowerWatts: Float32Array
}

/** Recorded seconds, oldest first. */
export interface RecordedRows {
  count: number
  fastChannels: number
  slowChannels: number
  /** Unix seconds each row speaks of. */
  seconds: Float64Array
  /** How many seconds each row stands for. */
  strides: Float32Array
  mainsWatts: Float32Array
  meterIntervalSeconds: Float32Array
  provisional: HorizonRows
  final: HorizonRows
}

export interface RowAnswer {
  hidden: Float32Array
  logits: Float32Array
  onPowers: Float32Array
}

/** Grows row by row. */
export class RowTable {
  private count = 0
  private readonly seconds = new GrowingFloats(1)
  private readonly about = new GrowingFloats(3)
  private readonly answers

  constructor(
    private readonly fastChannels: number,
    private readonly slowChannels: number,
  ) {
    const width = fastChannels + slowChannels
    const answers = () => ({
      hidden: new GrowingFloats(width),
      logits: new GrowingFloats(APPLIANCE_COUNT),
      onPowers: new GrowingFloats(APPLIANCE_COUNT),
    })
    this.answers = { provisional: answers(), final: answers() }
  }

  add(second: GridSecond, stride: number, provisional: RowAnswer, final: RowAnswer): void {
    this.count++
    // Single precision holds no Unix time; the seconds since the first row it does.
    this.firstSeconds ??= second.timestampSeconds
    this.seconds.add([second.timestampSeconds - this.firstSeconds])
    this.about.add([stride, second.powerWatts, second.intervalSeconds])
    for (const [answers, answer] of [[this.answers.provisional, provisional], [this.answers.final, final]] as const) {
      answers.hidden.add(answer.hidden)
      answers.logits.add(answer.logits)
      answers.onPowers.add(answer.onPowers)
    }
  }

  private firstSeconds: number | null = null

  finish(): RecordedRows {
    const { count, fastChannels, slowChannels } = this
    const about = this.about.take()
    const part = (index: number) => Float32Array.from({ length: count }, (_, row) => about[row * 3 + index]!)
    const horizon = ({ hidden, logits, onPowers }: { hidden: GrowingFloats; logits: GrowingFloats; onPowers: GrowingFloats }) => ({
      hidden: hidden.take(),
      logits: logits.take(),
      onPowerWatts: onPowers.take(),
    })
    const first = this.firstSeconds ?? 0
    return {
      count,
      fastChannels,
      slowChannels,
      seconds: Float64Array.from(this.seconds.take(), (since) => first + since),
      strides: part(0),
      mainsWatts: part(1),
      meterIntervalSeconds: part(2),
      provisional: horizon(this.answers.provisional),
      final: horizon(this.answers.final),
    }
  }
}

/** Rows of `width` single-precision numbers in one buffer that doubles when it is full. */
class GrowingFloats {
  private values: Float32Array<ArrayBuffer>
  private length = 0

  constructor(width: number) {
    this.values = new Float32Array(width * 1024)
  }

  add(row: ArrayLike<number>): void {
    if (this.length + row.length > this.values.length) {
      const larger = new Float32Array(2 * this.values.length)
      larger.set(this.values)
      this.values = larger
    }
    this.values.set(row, this.length)
    this.length += row.length
  }

  take(): Float32Array<ArrayBuffer> {
    return this.values.slice(0, this.length)
  }
}
