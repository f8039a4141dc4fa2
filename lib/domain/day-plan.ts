/** Not from the calendar, whose time zones a browser that prices a plan does not need. */
const QUARTER_SECONDS = 900

/** A run that was seen and may have begun at another time. It is one block: moving it keeps its shape and never splits it. */
export interface MovableRun {
  id: string
  /** The quarter of an hour of the day in which it began. */
  startSlot: number
  /** What it drew in each quarter of an hour from that one on, kWh. */
  slotKwh: readonly number[]
  /** Where it may begin, ascending; holds `startSlot`. */
  candidateSlots: readonly number[]
  /** Where an earlier plan put it; null without one. */
  previousSlot: number | null
  /** What another time has to save before the run leaves that plan, as energy at the mean price, kWh; nothing where not given. */
  stayKwh?: number
  /** Runs that come before it, each with the least number of quarters that lie between the two beginnings. */
  after: readonly { id: string; leastSlots: number }[]
}

/** A battery that may be charged and discharged; it ends a day as it began, empty. */
export interface DayBattery {
  capacityKwh: number
  /** What goes in or comes out in a quarter of an hour at most, kWh at its terminals. */
  slotKwh: number
  /** Of what goes in, how much comes out again, 0..1. */
  roundTripEfficiency: number
}

/** A day in quarters of an hour: what they cost, what was drawn anyhow, and what may move. All lists but `runs` are as long. */
export interface DayProblem {
  /** The first quarter, Unix seconds. */
  startSeconds: number
  /** Currency per kWh. */
  importPrices: readonly number[]
  exportPrices: readonly number[]
  /** What the meter counted without the runs below, drawn minus fed in, kWh. */
  baseKwh: readonly number[]
  runs: readonly MovableRun[]
  battery: DayBattery | null
  /** What the highest quarter costs for each kWh above a level; null where it costs nothing. */
  peak: { aboveKwh: number; costPerKwh: number } | null
}

export interface DayPlan {
  /** Quarter in which each run begins, by id; a run that is not named begins where it did. */
  startSlots: ReadonlyMap<string, number>
  /** What the battery takes in each quarter, negative while it gives, kWh; null without one. */
  batteryKwh: readonly number[] | null
}

export const AS_IT_WAS: DayPlan = { startSlots: new Map(), batteryKwh: null }

/** What the meter would have counted in each quarter under a plan, drawn minus fed in, kWh. */
export function meterKwh(problem: Pick<DayProblem, 'baseKwh' | 'runs'>, plan: DayPlan): number[] {
  const net = problem.baseKwh.map((kwh, slot) => kwh + (plan.batteryKwh?.[slot] ?? 0))
  for (const { id, startSlot, slotKwh } of problem.runs) {
    const start = plan.startSlots.get(id) ?? startSlot
    for (const [offset, kwh] of slotKwh.entries()) {
      const slot = start + offset
      if (slot < net.length) net[slot] = (net[slot] ?? 0) + kwh
    }
  }
  return net
}

/**
 * What the energy of a day costs under a plan, in the currency of the prices, after the credit for what is fed in and without
 * standing charges. What is drawn and what is fed in are set off within a quarter of an hour.
 */
export function dayCost(problem: Omit<DayProblem, 'battery' | 'peak' | 'startSeconds'>, plan: DayPlan): number {
  return meterKwh(problem, plan).reduce(
    (sum, kwh, slot) => sum + kwh * ((kwh >= 0 ? problem.importPrices : problem.exportPrices)[slot] ?? 0),
    0,
  )
}

/**
 * What each run costs beside everything else of a plan: the day's cost with it less the day's cost without it. In a quarter that
 * draws from the grid that is its energy at the price; where the sun covers it, the credit it forgoes.
 */
export function runCosts(problem: Omit<DayProblem, 'battery' | 'peak' | 'startSeconds'>, plan: DayPlan): Map<string, number> {
  const whole = dayCost(problem, plan)
  return new Map(
    problem.runs.map((run) => {
      const rest = { ...problem, runs: problem.runs.filter(({ id }) => id !== run.id) }
      return [run.id, whole - dayCost(rest, plan)]
    }),
  )
}

/** The highest mean power drawn over a quarter of an hour, W. */
export function peakWatts(problem: Pick<DayProblem, 'baseKwh' | 'runs'>, plan: DayPlan): number {
  return Math.max(0, ...meterKwh(problem, plan)) * (3_600_000 / QUARTER_SECONDS)
}

/** A run on the clock; its id is that of its building, its appliance and when it began, parted by colons. */
export interface TimedRun {
  id: string
  /** Unix seconds. */
  startedAt: number
  durationSeconds: number
  startSlot: number
}

/** Runs that a plan lays upon another one of the same appliance, which nobody could have done. */
export function overlappingRuns(runs: readonly TimedRun[], startSlots: ReadonlyMap<string, number>): string[] {
  const kindOf = ({ id }: TimedRun) => id.slice(0, id.lastIndexOf(':'))
  const shiftOf = ({ id, startSlot }: TimedRun) => ((startSlots.get(id) ?? startSlot) - startSlot) * QUARTER_SECONDS
  const overlap = (a: TimedRun, b: TimedRun, apart: number) =>
    b.startedAt + apart < a.startedAt + a.durationSeconds && a.startedAt < b.startedAt + apart + b.durationSeconds
  return runs.flatMap((run) => {
    const others = runs.filter((other) => other !== run && kindOf(other) === kindOf(run))
    const isLaid = others.some((other) => overlap(run, other, shiftOf(other) - shiftOf(run)) && !overlap(run, other, 0))
    return isLaid ? [run.id] : []
  })
}

/** Whether a run may begin in a quarter as far as the ends of the day go. */
export function fitsDay({ baseKwh }: Pick<DayProblem, 'baseKwh'>, { slotKwh }: Pick<MovableRun, 'slotKwh'>, slot: number): boolean {
  return slot >= 0 && slot + slotKwh.length <= baseKwh.length
}
