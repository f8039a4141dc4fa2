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
  /**
   * A minute of older samples arrived in order since `fromSeconds`: either the clock was set back, and the caller confirms with
   * `followClock`, or somebody repeats what is stored already.
   */
  | { kind: 'clockSetBack'; fromSeconds: number; samples: number }

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
    this.late++
    const streak = redelivered ? null : this.streakWith(seconds)
    return streak ? { kind: 'clockSetBack', ...streak } : { kind: 'late' }
  }

  /** The series goes on from this time, although newer readings exist. */
  followClock(timestampSeconds: number): void {
    this.newestSeconds = timestampSeconds
  }

  private streakWith(seconds: number): { fromSeconds: number; samples: number } | null {
    const previous = this.lateStreak.at(-1)
    if (previous !== undefined && seconds <= previous) this.lateStreak = []
    this.lateStreak.push(seconds)
    const fromSeconds = this.lateStreak[0] ?? seconds
    const samples = this.lateStreak.length
    if (samples <= CLOCK_JUMP_SAMPLES || seconds - fromSeconds < CLOCK_JUMP_SECONDS) return null
    this.lateStreak = []
    return { fromSeconds, samples }
  }
}
