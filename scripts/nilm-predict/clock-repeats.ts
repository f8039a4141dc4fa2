import { MeterInterval } from '@/lib/nilm/meter-interval'

/** Rows that go on regularly through a time passed before, this many: fewer are late rows, more are a clock that was set back. */
const LEAST_ROWS = 30
/** Steps of up to this many meter intervals go on; larger ones, forward or back, begin a new stretch. */
const STEP_INTERVALS = 3
const STEP_SLACK_SECONDS = 2
/** With more stretches out of their place than this the rows are in no order, and nothing can be told from it. */
const MOST_OUT_OF_PLACE = 2000

interface Stretch {
  startSeconds: number
  endSeconds: number
}

/** Rows, in file order, of a time that earlier rows of the file passed through. */
interface ClockRepeat {
  firstIndex: number
  lastIndex: number
}

/**
 * Finds where a clock runs through a time again, as one does that is set back by an hour, from rows in file order. Pieces of a
 * file in the wrong order, and rows that fill a gap, run through no time twice.
 */
export class ClockRepeats {
  /** Apart from each other, first ones first. */
  private readonly found: ClockRepeat[] = []
  private readonly interval = new MeterInterval()
  /** Closed stretches, apart from each other, oldest first. */
  private passed: Stretch[] = []
  private current: Stretch | null = null
  private lastSeconds = 0
  private streak: ClockRepeat | null = null
  private streakRows = 0
  private streakDirection = 0
  private outOfPlace = 0

  add(index: number, timestampSeconds: number): void {
    if (this.outOfPlace > MOST_OUT_OF_PLACE) return
    const direction = Math.sign(timestampSeconds - this.lastSeconds)
    const stepSeconds = Math.abs(timestampSeconds - this.lastSeconds)
    this.lastSeconds = timestampSeconds
    if (this.current && stepSeconds <= STEP_INTERVALS * this.interval.seconds + STEP_SLACK_SECONDS) {
      if (stepSeconds > 0) this.interval.add(stepSeconds)
      this.current.startSeconds = Math.min(this.current.startSeconds, timestampSeconds)
      this.current.endSeconds = Math.max(this.current.endSeconds, timestampSeconds)
    } else {
      // The first steps of a meter slower than 1 s are larger than what was known until then.
      if (this.current) this.interval.add(stepSeconds)
      this.close()
      this.current = { startSeconds: timestampSeconds, endSeconds: timestampSeconds }
    }
    this.follow(index, timestampSeconds, direction)
  }

  /** Whether a row is among those found. */
  has(index: number): boolean {
    let low = 0
    let high = this.found.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.found[middle]!.lastIndex < index) low = middle + 1
      else high = middle
    }
    const repeat = this.found[low]
    return repeat !== undefined && repeat.firstIndex <= index
  }

  private follow(index: number, timestampSeconds: number, direction: number): void {
    if (!this.isPassed(timestampSeconds)) {
      this.endStreak()
      return
    }
    // Rows in no order never go one way for long.
    if (this.streakRows === 1) this.streakDirection = direction
    else if (this.streakRows < LEAST_ROWS && direction === -this.streakDirection) this.endStreak()
    this.streak ??= { firstIndex: index, lastIndex: index }
    this.streak.lastIndex = index
    if (++this.streakRows === LEAST_ROWS) this.found.push(this.streak)
  }

  private endStreak(): void {
    this.streak = null
    this.streakRows = 0
  }

  private close(): void {
    this.endStreak()
    const { current } = this
    if (!current) return
    const newest = this.passed.at(-1)
    if (!newest || current.startSeconds > newest.endSeconds) {
      this.passed.push(current)
      return
    }
    this.outOfPlace++
    const before = this.passed.filter(({ endSeconds }) => endSeconds < current.startSeconds)
    const after = this.passed.filter(({ startSeconds }) => startSeconds > current.endSeconds)
    const met = this.passed.slice(before.length, this.passed.length - after.length)
    const startSeconds = Math.min(current.startSeconds, ...met.map((stretch) => stretch.startSeconds))
    const endSeconds = Math.max(current.endSeconds, ...met.map((stretch) => stretch.endSeconds))
    this.passed = [...before, { startSeconds, endSeconds }, ...after]
  }

  private isPassed(seconds: number): boolean {
    let low = 0
    let high = this.passed.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.passed[middle]!.endSeconds < seconds) low = middle + 1
      else high = middle
    }
    const stretch = this.passed[low]
    return stretch !== undefined && stretch.startSeconds <= seconds
  }
}
