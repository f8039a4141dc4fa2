/** After a stall readings of at most this long ago are sent; older ones are history. */
export const MADE_UP_SECONDS = 600

export interface ScheduleOptions {
  /** Timestamp of the first reading. */
  startSeconds: number
  /** Wall clock when the schedule begins, Unix seconds. */
  wallStartSeconds: number
  speed: number
  followsWallClock: boolean
}

/** Says when a reading is due. Every due time is counted from the start, so delays do not add up. */
export class Schedule {
  constructor(private readonly options: ScheduleOptions) {}

  /**
   * Wall clock at which a reading is due, Unix seconds. A source that follows the wall clock is never ahead of it: one sent
   * faster than real time catches up with the present and goes on at speed 1.
   */
  dueSeconds(timestampSeconds: number): number {
    const { startSeconds, wallStartSeconds, speed, followsWallClock } = this.options
    const paced = wallStartSeconds + (timestampSeconds - startSeconds) / speed
    return followsWallClock ? Math.max(paced, timestampSeconds) : paced
  }

  /**
   * Where to go on when a reading is overdue: its own timestamp, or later when it became due so long ago that making up for
   * all of it is of no use to a live view.
   */
  resumeSeconds(timestampSeconds: number, wallSeconds: number): number {
    const live = this.options.followsWallClock && this.dueSeconds(timestampSeconds) <= timestampSeconds
    return live ? Math.max(timestampSeconds, Math.ceil(wallSeconds - MADE_UP_SECONDS)) : timestampSeconds
  }
}
