import type { Sample } from '@/lib/contracts/sample'

/** Consecutive late samples, spanning CLOCK_JUMP_SECONDS, after which the meter's clock is taken to have been set back. */
const CLOCK_JUMP_SAMPLES = 30
const CLOCK_JUMP_SECONDS = 60

export type Verdict =
  /** Newer than all before: goes to the models. */
  | { kind: 'inOrder' }
  /** Same time as the newest: already counted. */
  | { kind: 'duplicate' }
  /** Older than the newest: stored, and its minute is integrated again; the models do not see it. */
  | { kind: 'late' }
  /** The clock was set back: from this sample on the series goes on at the earlier time. */
  | { kind: 'clockSetBack' }

/** Puts one building's samples in order. */
export class Sequencer {
  private newestSeconds: number
  private lateStreak: number[] = []
  duplicates = 0
  late = 0

  constructor(newestSeconds: number | null) {
    this.newestSeconds = newestSeconds ?? Number.NEGATIVE_INFINITY
  }

  get newestTimestampSeconds(): number | null {
    return Number.isFinite(this.newestSeconds) ? this.newestSeconds : null
  }

  /** @param redelivered true for entries a dead worker had read: they say nothing about the meter's clock */
  classify(sample: Pick<Sample, 'timestampSeconds'>, redelivered: boolean): Verdict {
    const seconds = sample.timestampSeconds
    if (seconds > this.newestSeconds) {
      this.newestSeconds = seconds
      this.lateStreak = []
      return { kind: 'inOrder' }
    }
    if (seconds === this.newestSeconds) {
      this.duplicates++
      return { kind: 'duplicate' }
    }
    if (!redelivered && this.runsOnFromThePast(seconds)) {
      this.newestSeconds = seconds
      this.lateStreak = []
      return { kind: 'clockSetBack' }
    }
    this.late++
    return { kind: 'late' }
  }

  private runsOnFromThePast(seconds: number): boolean {
    const previous = this.lateStreak.at(-1)
    if (previous !== undefined && seconds <= previous) this.lateStreak = []
    this.lateStreak.push(seconds)
    const first = this.lateStreak[0] ?? seconds
    const long = this.lateStreak.length > CLOCK_JUMP_SAMPLES && seconds - first >= CLOCK_JUMP_SECONDS
    if (this.lateStreak.length > 4096) this.lateStreak = this.lateStreak.slice(-CLOCK_JUMP_SAMPLES)
    return long
  }
}
