import type { Sample } from '@/lib/contracts/sample'

/**
 * Late samples in order and none newer, this many, of this much time, over this long: then the meter's clock was set back. The
 * last condition tells it from a meter that sends its backlog at once, between live readings.
 */
const CLOCK_JUMP_SAMPLES = 30
const CLOCK_JUMP_SECONDS = 60
const CLOCK_JUMP_ARRIVAL_MILLISECONDS = 20_000
const LONGEST_STREAK = 4_096

export type SequencedSample = Pick<Sample, 'timestampSeconds' | 'powerWatts'>

export type Verdict =
  /** Newer than all before: goes to the models. */
  | { kind: 'inOrder' }
  /** Same time as the newest: already counted. */
  | { kind: 'duplicate' }
  /** Older than the newest: stored, and its minute is integrated again; the models do not see it. */
  | { kind: 'late' }
  /**
   * Nothing but these older samples, in order, for a while: either the clock was set back, and the caller confirms with
   * `followClock`, or somebody repeats what is stored already.
   */
  | { kind: 'clockSetBack'; streak: readonly SequencedSample[] }

/** Puts one building's samples in order. */
export class Sequencer {
  private newestSeconds: number
  private lateStreak: SequencedSample[] = []
  private streakBeganAt = 0
  duplicates = 0
  late = 0

  constructor(newestSeconds: number | null) {
    this.newestSeconds = newestSeconds ?? Number.NEGATIVE_INFINITY
  }

  get newestTimestampSeconds(): number | null {
    return Number.isFinite(this.newestSeconds) ? this.newestSeconds : null
  }

  /** @param redelivered true for entries a dead worker had read: they say nothing about the meter's clock */
  classify(sample: SequencedSample, redelivered: boolean, nowMilliseconds = Date.now()): Verdict {
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
    const streak = redelivered ? null : this.streakWith(sample, nowMilliseconds)
    return streak ? { kind: 'clockSetBack', streak } : { kind: 'late' }
  }

  /** The series goes on from this time, although newer readings exist. */
  followClock(timestampSeconds: number): void {
    this.newestSeconds = timestampSeconds
  }

  private streakWith(sample: SequencedSample, nowMilliseconds: number): readonly SequencedSample[] | null {
    const previous = this.lateStreak.at(-1)
    if (previous && sample.timestampSeconds <= previous.timestampSeconds) this.lateStreak = []
    if (this.lateStreak.length === 0) this.streakBeganAt = nowMilliseconds
    this.lateStreak.push({ timestampSeconds: sample.timestampSeconds, powerWatts: sample.powerWatts })
    const streak = this.lateStreak
    const spanSeconds = sample.timestampSeconds - (streak[0]?.timestampSeconds ?? sample.timestampSeconds)
    const isLong = streak.length > CLOCK_JUMP_SAMPLES && spanSeconds >= CLOCK_JUMP_SECONDS
    if (isLong && nowMilliseconds - this.streakBeganAt >= CLOCK_JUMP_ARRIVAL_MILLISECONDS) {
      this.lateStreak = []
      return streak
    }
    if (streak.length > LONGEST_STREAK) this.lateStreak = streak.slice(-LONGEST_STREAK / 2)
    return null
  }
}
