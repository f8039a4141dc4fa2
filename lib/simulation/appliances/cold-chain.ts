import type { Interval } from '@/lib/simulation/household'
import type { HomeContext } from '@/lib/simulation/load'
import { Random, streamSeed } from '@/lib/simulation/random'

/** The cabinet as one thermal mass behind insulation, cooled by a compressor that a thermostat switches. */
export interface Cabinet {
  /** Compressor on above, off below. */
  onCelsius: number
  offCelsius: number
  lossWattsPerKelvin: number
  capacityJoulesPerKelvin: number
  /** Heat taken out while the compressor runs. */
  coolingWatts: number
  /** Warm air let in while the door is open for 20 s. */
  doorJoules: number
  /** An evaporator heater that comes on after so much compressor time; null where frost melts by itself. */
  defrost: { everyRunSeconds: number; durationSeconds: number } | null
}

export interface DoorOpening extends Interval {
  /** Heat let in, in openings of 20 s: air while it is open, and much more when warm food is put in. */
  openings: number
}

export interface CoolingCycle extends Interval {
  kitchenCelsius: number
  /** The heater's time after this cycle, if it was due. */
  defrost: Interval | null
}

const STEP_SECONDS = 15
const AMBIENT_STEP_SECONDS = 900
const EPOCH_SECONDS = 7 * 86_400
/** 1970-01-01 was a Thursday; epochs change on Thursdays at 03:00 UTC, when nobody opens a door. */
const EPOCH_OFFSET_SECONDS = 3 * 3600
/** Pressures have to even out before a compressor can start again. */
const LEAST_REST_SECONDS = 240
const WARM_UP_SECONDS = 86_400
const OVERRUN_SECONDS = 10 * 3600
/** Share of its band by which a thermostat's switching points scatter. */
const THERMOSTAT_SCATTER = 0.12
/** Cycles over which the seam between two epochs is spread. */
const SEAM_CYCLES = 10

/**
 * Compressor cycles as a function of time. A thermostat never forgets its phase, so cycles are simulated per week from a
 * seeded state; the last cycles of a week are stretched by some percent to end where the next week's begin.
 */
export class ColdChain {
  private readonly epochs = new Map<number, CoolingCycle[]>()
  /** Openings per step of the day looked at last. */
  private doorCounts: (Interval & { steps: Map<number, number> }) | null = null

  constructor(
    private readonly home: HomeContext,
    private readonly seed: number,
    private readonly cabinet: Cabinet,
    /** Door openings that start on a local day. */
    private readonly doorsOfDay: (dayNumber: number) => readonly DoorOpening[],
  ) {}

  /** Cycles whose compressor or defrost time overlaps [fromSeconds, toSeconds), oldest first. */
  cycles(fromSeconds: number, toSeconds: number): CoolingCycle[] {
    const found: CoolingCycle[] = []
    for (let epoch = epochAt(fromSeconds) - 1; epoch <= epochAt(toSeconds); epoch += 1) {
      for (const cycle of this.epoch(epoch)) {
        const end = cycle.defrost?.endSeconds ?? cycle.endSeconds
        if (cycle.startSeconds < toSeconds && end > fromSeconds) found.push(cycle)
      }
    }
    return found
  }

  private epoch(epoch: number): CoolingCycle[] {
    const known = this.epochs.get(epoch)
    if (known) return known
    const boundary = epochStart(epoch + 1)
    const next = this.simulate(epoch + 1, boundary + OVERRUN_SECONDS)[0]
    const made = joinAt(this.simulate(epoch, boundary + OVERRUN_SECONDS), next?.startSeconds ?? boundary)
    if (this.epochs.size > 8) this.epochs.clear()
    this.epochs.set(epoch, made)
    return made
  }

  /** Complete cycles that start in [start of the epoch, untilSeconds). */
  private simulate(epoch: number, untilSeconds: number): CoolingCycle[] {
    const { cabinet, home } = this
    const startSeconds = epochStart(epoch)
    const random = new Random(this.seed, epoch)
    const cycles: CoolingCycle[] = []
    let celsius = random.between(cabinet.offCelsius, cabinet.onCelsius)
    let cooling = random.chance(0.3)
    let since = startSeconds - WARM_UP_SECONDS
    let runSeconds = random.between(0, cabinet.defrost?.everyRunSeconds ?? 0)
    let restUntil = 0
    let kitchenCelsius = 20
    const scatter = () => THERMOSTAT_SCATTER * (cabinet.onCelsius - cabinet.offCelsius) * (random.unit() - 0.5)
    let onCelsius = cabinet.onCelsius
    let offCelsius = cabinet.offCelsius
    for (let t = since; t < untilSeconds; t += STEP_SECONDS) {
      if ((t - startSeconds) % AMBIENT_STEP_SECONDS === 0) kitchenCelsius = home.weather.kitchenCelsius(t)
      const before = celsius
      // A defrost heater warms the evaporator, not the food: the cabinet drifts, the compressor waits.
      const extracted = cooling ? cabinet.coolingWatts * (1 - 0.006 * (kitchenCelsius - 20)) : 0
      celsius +=
        ((cabinet.lossWattsPerKelvin * (kitchenCelsius - celsius) - extracted) * STEP_SECONDS) / cabinet.capacityJoulesPerKelvin
      celsius += (this.doorOpenings(t) * cabinet.doorJoules) / cabinet.capacityJoulesPerKelvin
      if (cooling && celsius <= offCelsius) {
        const end = t + STEP_SECONDS * crossing(before, celsius, offCelsius)
        onCelsius = cabinet.onCelsius + scatter()
        runSeconds += end - since
        restUntil = end + LEAST_REST_SECONDS
        let defrost: Interval | null = null
        if (cabinet.defrost && runSeconds > cabinet.defrost.everyRunSeconds) {
          runSeconds = 0
          const duration = cabinet.defrost.durationSeconds * (0.85 + 0.3 * random.unit())
          defrost = { startSeconds: end + 60, endSeconds: end + 60 + duration }
          restUntil = defrost.endSeconds + LEAST_REST_SECONDS
        }
        if (since >= startSeconds) cycles.push({ startSeconds: since, endSeconds: end, kitchenCelsius, defrost })
        cooling = false
      } else if (!cooling && celsius >= onCelsius && t > restUntil) {
        offCelsius = cabinet.offCelsius + scatter()
        cooling = true
        since = t + STEP_SECONDS * crossing(before, celsius, onCelsius)
      }
    }
    return cycles
  }

  /** Openings of 20 s that start in the step. */
  private doorOpenings(stepSeconds: number): number {
    if (!this.doorCounts || stepSeconds < this.doorCounts.startSeconds || stepSeconds >= this.doorCounts.endSeconds) {
      const day = this.home.calendar.dayAt(stepSeconds)
      const steps = new Map<number, number>()
      // The evening before may reach past midnight.
      for (const door of [...this.doorsOfDay(day.dayNumber - 1), ...this.doorsOfDay(day.dayNumber)]) {
        const step = Math.floor(door.startSeconds / STEP_SECONDS)
        steps.set(step, (steps.get(step) ?? 0) + door.openings)
      }
      this.doorCounts = { startSeconds: day.startSeconds, endSeconds: day.endSeconds, steps }
    }
    return this.doorCounts.steps.get(Math.floor(stepSeconds / STEP_SECONDS)) ?? 0
  }
}

/** Door openings of a day: many around meals, some in between. */
export function doorOpenings(
  home: HomeContext,
  seed: number,
  dayNumber: number,
  perMeal: number,
  perHour: number,
): DoorOpening[] {
  const day = home.household.day(dayNumber)
  const random = new Random(streamSeed(seed, 'doors'), dayNumber)
  const openings: DoorOpening[] = []
  const open = (startSeconds: number) => {
    const seconds = random.between(4, 35)
    const food = random.chance(0.08) ? random.between(4, 18) : 0
    openings.push({ startSeconds, endSeconds: startSeconds + seconds, openings: seconds / 20 + food })
  }
  for (const meal of day.meals) {
    const times = Math.round(perMeal * random.between(0.5, 1.5))
    for (let i = 0; i < times; i += 1) open(meal.atSeconds + random.between(-1500, 1500))
  }
  for (const stay of day.presence) {
    const times = Math.floor(((stay.endSeconds - stay.startSeconds) / 3600) * perHour + random.unit())
    for (let i = 0; i < times; i += 1) open(random.between(stay.startSeconds, stay.endSeconds))
  }
  return openings
}

function epochAt(timestampSeconds: number): number {
  return Math.floor((timestampSeconds - EPOCH_OFFSET_SECONDS) / EPOCH_SECONDS)
}

function epochStart(epoch: number): number {
  return epoch * EPOCH_SECONDS + EPOCH_OFFSET_SECONDS
}

/** Where between two values the threshold was crossed, 0..1. */
function crossing(before: number, after: number, threshold: number): number {
  return before === after ? 0 : Math.max(0, Math.min(1, (threshold - before) / (after - before)))
}

/** Cuts a chain so that its next cycle would begin at `seamSeconds`, stretching the last cycles to fit. */
function joinAt(cycles: readonly CoolingCycle[], seamSeconds: number): CoolingCycle[] {
  let nearest = 0
  cycles.forEach((cycle, index) => {
    const best = cycles[nearest]!
    if (Math.abs(cycle.startSeconds - seamSeconds) < Math.abs(best.startSeconds - seamSeconds)) nearest = index
  })
  const pivot = cycles[Math.max(0, nearest - SEAM_CYCLES)]
  const last = cycles[nearest]
  if (!pivot || !last || last === pivot) return cycles.filter((cycle) => cycle.startSeconds < seamSeconds)
  const stretch = (seamSeconds - pivot.startSeconds) / (last.startSeconds - pivot.startSeconds)
  const warp = (t: number) => (t <= pivot.startSeconds ? t : pivot.startSeconds + (t - pivot.startSeconds) * stretch)
  return cycles.slice(0, nearest).map((cycle) => ({
    ...cycle,
    startSeconds: warp(cycle.startSeconds),
    endSeconds: warp(cycle.endSeconds),
    defrost: cycle.defrost && { startSeconds: warp(cycle.defrost.startSeconds), endSeconds: warp(cycle.defrost.endSeconds) },
  }))
}
