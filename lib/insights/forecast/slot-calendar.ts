import { LocalCalendar } from '@/lib/domain/local-calendar'
import { isPublicHoliday } from './public-holidays'

/**
 * What the local clock and calendar say about each step of a series and of what follows it: which step of the day it is, which day,
 * whether people rest. Days are local days: where the clocks change, 07:00 stays 07:00.
 */
export class SlotCalendar {
  readonly slotsPerDay: number
  /** By step: the slot of the local day, from 0. */
  readonly slot: Int32Array
  /** By step: the local day, counted from the first. */
  readonly day: Int32Array
  /** By step: 1 = Monday ... 7 = Sunday. */
  readonly weekday: Uint8Array
  /** By step: whether it is a weekend or a public holiday. */
  readonly isRest: Uint8Array
  private readonly stepOf: Int32Array

  constructor(
    readonly startSeconds: number,
    readonly stepSeconds: number,
    readonly length: number,
    readonly timeZone: string,
  ) {
    const clock = new LocalCalendar(timeZone, startSeconds, startSeconds + length * stepSeconds)
    this.slotsPerDay = Math.round(86_400 / stepSeconds)
    this.slot = new Int32Array(length)
    this.day = new Int32Array(length)
    this.weekday = new Uint8Array(length)
    this.isRest = new Uint8Array(length)
    const firstDay = clock.dayNumber(startSeconds + (stepSeconds > 3600 ? stepSeconds / 2 : 0))
    // Long steps count by their middle: where clocks change, a day that begins an hour early is still that day.
    const middle = stepSeconds > 3600 ? stepSeconds / 2 : 0
    for (let step = 0; step < length; step++) {
      const seconds = startSeconds + step * stepSeconds + middle
      const local = seconds + clock.offsetAt(seconds)
      const dayNumber = Math.floor(local / 86_400)
      const weekday = ((((dayNumber + 3) % 7) + 7) % 7) + 1
      this.slot[step] = Math.floor((local - dayNumber * 86_400) / stepSeconds)
      this.day[step] = dayNumber - firstDay
      this.weekday[step] = weekday
      this.isRest[step] =
        step > 0 && this.day[step] === this.day[step - 1]
          ? this.isRest[step - 1]!
          : Number(weekday > 5 || isPublicHoliday(dayNumber, timeZone))
    }
    this.stepOf = new Int32Array(((this.day[length - 1] ?? 0) + 1) * this.slotsPerDay).fill(-1)
    for (let step = 0; step < length; step++) this.stepOf[this.day[step]! * this.slotsPerDay + this.slot[step]!] = step
  }

  /** The step of a slot on a day (slots below 0 or past the end belong to the days around), or -1 where there is none. */
  stepAt(day: number, slot: number): number {
    const at = day * this.slotsPerDay + slot
    return at < 0 ? -1 : (this.stepOf[at] ?? -1)
  }
}
