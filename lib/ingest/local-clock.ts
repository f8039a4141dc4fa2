import { IANAZone } from 'luxon'

/** Offsets from UTC change on quarters of an hour at the finest. */
const OFFSET_STEP_SECONDS = 900
const DAY_SECONDS = 86_400
const OFFSETS_KEPT = 100_000

/**
 * Reads a local clock that is set forward and back with summer time. The hour it shows twice is told apart by what comes before:
 * of the two moments the one nearer to the last one read is meant, in a file that runs forward or backward.
 */
export class LocalClock {
  private readonly zone: IANAZone
  private readonly offsets = new Map<number, number>()
  private lastSeconds = Number.NEGATIVE_INFINITY

  /** @param name IANA time zone @throws RangeError where there is none of that name */
  constructor(name: string) {
    this.zone = IANAZone.create(name)
    if (!this.zone.isValid) throw new RangeError(`${name} is no time zone; write it as in Europe/Berlin.`)
  }

  /** @param shownSeconds what the clock shows, counted as if it were UTC @returns Unix seconds; null for what it never shows */
  toUnixSeconds(shownSeconds: number): number | null {
    // A day before and after, the offset is the one before and after any change.
    const offsets = new Set([this.offsetAt(shownSeconds - DAY_SECONDS), this.offsetAt(shownSeconds + DAY_SECONDS)])
    const moments = [...offsets]
      .map((offset) => shownSeconds - offset)
      .filter((seconds) => seconds + this.offsetAt(seconds) === shownSeconds)
    if (moments.length === 0) return null
    const distance = (seconds: number) => Math.abs(seconds - this.lastSeconds)
    // With nothing before it, the first pass through the hour.
    this.lastSeconds = moments.sort((a, b) => a - b).reduce((best, next) => (distance(next) < distance(best) ? next : best))
    return this.lastSeconds
  }

  private offsetAt(seconds: number): number {
    const step = Math.floor(seconds / OFFSET_STEP_SECONDS)
    let offset = this.offsets.get(step)
    if (offset === undefined) {
      offset = this.zone.offset(step * OFFSET_STEP_SECONDS * 1000) * 60
      if (this.offsets.size >= OFFSETS_KEPT) this.offsets.clear()
      this.offsets.set(step, offset)
    }
    return offset
  }
}
