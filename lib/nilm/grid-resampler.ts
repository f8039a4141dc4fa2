import { coveredSpan, type MeterReading, type MeterSpan } from '@/lib/domain/energy'
import { MeterInterval } from './meter-interval'

/** One second (timestampSeconds - 1, timestampSeconds] of the 1 Hz grid. */
export interface GridSecond {
  timestampSeconds: number
  /** Time-weighted mean of what was measured in it; in a gap the last value, held. */
  powerWatts: number
  /** How much of the second readings cover, 0..1; 0 marks a filled second. */
  coveredSeconds: number
  /** Spacing of the meter's readings at that time. */
  intervalSeconds: number
}

export interface GridSink {
  second(second: GridSecond): void
  /** The span each reading covers, in order. */
  span(span: MeterSpan): void
  /** The time before is too long ago to say anything about what follows. */
  restart(): void
}

export interface ResamplerState {
  previous: MeterReading | null
  spacings: number[]
  cursorSeconds: number
  openSecond: { wattSeconds: number; coveredSeconds: number; heldWatts: number }
}

/** Longest unmeasured time that is filled by holding the last value. */
const LONGEST_FILL_SECONDS = 300

/**
 * Readings at any rate in, one value for every whole second out, each second exactly once. Faster meters are averaged, slower
 * ones held; see coveredSpan for what a reading covers.
 */
export class GridResampler {
  private previous: MeterReading | null = null
  private interval = new MeterInterval()
  /** Everything up to here is either emitted or in the open second. */
  private cursorSeconds = 0
  private openSecond = { wattSeconds: 0, coveredSeconds: 0, heldWatts: 0 }

  get positionSeconds(): number | null {
    return this.previous?.timestampSeconds ?? null
  }

  get intervalSeconds(): number {
    return this.interval.seconds
  }

  /** Takes the next reading; it must be newer than the one before. */
  push(reading: MeterReading, sink: GridSink): void {
    const previous = this.previous
    if (previous) this.interval.add(reading.timestampSeconds - previous.timestampSeconds)
    const intervalSeconds = this.interval.seconds
    const span = coveredSpan(reading, previous?.timestampSeconds ?? null, intervalSeconds)
    if (!previous) {
      this.cursorSeconds = span.startSeconds
    } else if (span.startSeconds - previous.timestampSeconds > LONGEST_FILL_SECONDS) {
      this.finish(sink)
      sink.restart()
      this.cursorSeconds = span.startSeconds
    } else {
      this.advance(span.startSeconds, previous.powerWatts, false, intervalSeconds, sink)
    }
    sink.span(span)
    this.advance(span.endSeconds, reading.powerWatts, true, intervalSeconds, sink)
    this.previous = { timestampSeconds: reading.timestampSeconds, powerWatts: reading.powerWatts }
  }

  /** Emits the second in progress, if anything of it was measured. Only before a restart or at the end of the data. */
  finish(sink: GridSink): void {
    if (this.openSecond.coveredSeconds > 0) this.emit(Math.floor(this.cursorSeconds) + 1, this.interval.seconds, sink)
  }

  private advance(untilSeconds: number, watts: number, measured: boolean, intervalSeconds: number, sink: GridSink): void {
    while (this.cursorSeconds < untilSeconds) {
      const secondEnd = Math.floor(this.cursorSeconds) + 1
      const stop = Math.min(secondEnd, untilSeconds)
      if (measured) {
        this.openSecond.wattSeconds += watts * (stop - this.cursorSeconds)
        this.openSecond.coveredSeconds += stop - this.cursorSeconds
      } else {
        this.openSecond.heldWatts = watts
      }
      this.cursorSeconds = stop
      if (stop === secondEnd) this.emit(secondEnd, intervalSeconds, sink)
    }
  }

  private emit(timestampSeconds: number, intervalSeconds: number, sink: GridSink): void {
    const { wattSeconds, coveredSeconds, heldWatts } = this.openSecond
    const powerWatts = coveredSeconds > 0 ? wattSeconds / coveredSeconds : heldWatts
    this.openSecond = { wattSeconds: 0, coveredSeconds: 0, heldWatts: 0 }
    sink.second({ timestampSeconds, powerWatts, coveredSeconds: Math.min(coveredSeconds, 1), intervalSeconds })
  }

  save(): ResamplerState {
    return {
      previous: this.previous,
      spacings: this.interval.save(),
      cursorSeconds: this.cursorSeconds,
      openSecond: { ...this.openSecond },
    }
  }

  restore(state: ResamplerState): void {
    this.previous = state.previous
    this.interval.restore(state.spacings)
    this.cursorSeconds = state.cursorSeconds
    this.openSecond = { ...state.openSecond }
  }
}
