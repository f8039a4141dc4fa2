import type { Calendar, LocalDay } from '@/lib/simulation/calendar'
import type { HomeProfile } from '@/lib/simulation/profile'
import { hashUnit, Random, streamSeed } from '@/lib/simulation/random'

export interface Interval {
  startSeconds: number
  endSeconds: number
}

export interface Meal {
  kind: 'breakfast' | 'lunch' | 'dinner'
  atSeconds: number
  /** Whether something is cooked or heated for it. */
  hot: boolean
}

/** What the people do on one local day; everything with a switch follows from it. Unix seconds throughout. */
export interface HouseholdDay {
  day: LocalDay
  /** Nobody has to be anywhere in the morning. */
  free: boolean
  homeOffice: boolean
  wakeSeconds: number
  bedSeconds: number
  /** When somebody is at home and awake, ordered, not overlapping. */
  presence: readonly Interval[]
  meals: readonly Meal[]
}

/** The life of the household as a function of the seed and the date. */
export class Household {
  private readonly days = new Map<number, HouseholdDay>()
  private readonly seed: number

  constructor(
    seed: number,
    readonly profile: HomeProfile,
    readonly calendar: Calendar,
  ) {
    this.seed = streamSeed(seed, 'household')
  }

  day(dayNumber: number): HouseholdDay {
    const known = this.days.get(dayNumber)
    if (known) return known
    const made = this.live(dayNumber)
    if (this.days.size > 64) this.days.clear()
    this.days.set(dayNumber, made)
    return made
  }

  /** The days that can hold something that is still going on in [fromSeconds, toSeconds): one more than it touches. */
  daysAround(fromSeconds: number, toSeconds: number): HouseholdDay[] {
    const touched = this.calendar.daysBetween(fromSeconds, toSeconds)
    const first = touched[0]!.dayNumber
    return [this.day(first - 1), ...touched.map((day) => this.day(day.dayNumber))]
  }

  isPresent(timestampSeconds: number): boolean {
    const day = this.calendar.dayAt(timestampSeconds).dayNumber
    // The evening of the day before may last past midnight.
    return [day - 1, day].some((number) =>
      this.day(number).presence.some((stay) => timestampSeconds >= stay.startSeconds && timestampSeconds < stay.endSeconds),
    )
  }

  /** Away from Saturday morning to Sunday evening, about every seventh week. */
  private weekendAway(day: LocalDay): boolean {
    return day.weekday >= 6 && hashUnit(this.seed ^ 0x77, day.dayNumber - day.weekday) < 0.14
  }

  private live(dayNumber: number): HouseholdDay {
    const { profile, calendar } = this
    const day = calendar.day(dayNumber)
    const random = new Random(this.seed, dayNumber)
    const hour = (hours: number) => day.at(hours * 3600)
    const free = day.weekday >= 6
    const homeOffice = !free && profile.homeOfficeWeekdays.includes(day.weekday) && random.chance(0.88)
    const lateRising = free ? random.around(1.5, 0.5) : homeOffice ? random.around(0.5, 0.2) : 0
    const wakeHour = profile.wakeHour + lateRising + random.around(0, 0.15)
    const lateNight = day.weekday === 5 || day.weekday === 6 ? random.around(0.8, 0.4) : 0
    const bedHour = Math.min(25, profile.bedHour + lateNight + random.around(0, 0.3))

    const absences = this.absences(day, random, free, homeOffice, wakeHour)
    const presence = subtract(
      { startSeconds: hour(wakeHour), endSeconds: hour(bedHour) },
      absences.map(([from, to]) => ({
        startSeconds: hour(from),
        endSeconds: hour(to),
      })),
    )

    const wanted: Meal[] = [
      { kind: 'breakfast', atSeconds: hour(wakeHour + random.between(0.25, free ? 0.9 : 0.5)), hot: random.chance(0.5) },
      { kind: 'lunch', atSeconds: hour(random.around(12.7, 0.35)), hot: random.chance(free ? 0.6 : 0.5) },
      { kind: 'dinner', atSeconds: hour(random.around(18.7, 0.5)), hot: random.chance(0.8) },
    ]
    const meals = wanted.filter((meal) => covers(presence, meal.atSeconds))
    return { day, free, homeOffice, wakeSeconds: hour(wakeHour), bedSeconds: hour(bedHour), presence, meals }
  }

  /** Local hours, ordered. */
  private absences(day: LocalDay, random: Random, free: boolean, homeOffice: boolean, wakeHour: number): [number, number][] {
    const left = wakeHour + random.between(0.9, 1.5)
    const home = random.around(17, 0.7) - (this.profile.occupants >= 3 ? 1.2 : 0)
    const eveningOut: [number, number][] = random.chance(0.13) ? [[random.around(19.2, 0.3), random.around(21.8, 0.5)]] : []
    if (this.weekendAway(day)) return day.weekday === 6 ? [[random.around(10, 0.5), 30]] : [[0, random.around(18, 0.6)]]
    if (free) {
      const out = random.around(day.weekday === 6 ? 11.5 : 14, 1)
      return random.chance(0.65) ? [[out, out + random.between(1.5, 4.5)], ...eveningOut] : eveningOut
    }
    if (homeOffice) return random.chance(0.4) ? [[12.9, random.between(13.2, 13.8)], ...eveningOut] : eveningOut
    // In a larger household somebody is often at home anyway.
    const somebodyStays = this.profile.occupants >= 3 && random.chance(0.25)
    return somebodyStays ? [[left, left + random.between(1, 3)], ...eveningOut] : [[left, home], ...eveningOut]
  }
}

function covers(intervals: readonly Interval[], timestampSeconds: number): boolean {
  return intervals.some((interval) => timestampSeconds >= interval.startSeconds && timestampSeconds < interval.endSeconds)
}

function subtract(whole: Interval, holes: readonly Interval[]): Interval[] {
  const rest: Interval[] = []
  let from = whole.startSeconds
  for (const hole of holes) {
    if (hole.startSeconds > from) rest.push({ startSeconds: from, endSeconds: Math.min(hole.startSeconds, whole.endSeconds) })
    from = Math.max(from, hole.endSeconds)
  }
  if (from < whole.endSeconds) rest.push({ startSeconds: from, endSeconds: whole.endSeconds })
  return rest.filter((interval) => interval.endSeconds > interval.startSeconds)
}
