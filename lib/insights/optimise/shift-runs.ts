import type { Appliance } from '@/lib/contracts/appliances'
import type { MovedRun } from '@/lib/contracts/optimisation'
import { AS_IT_WAS, dayCost, meterKwh, runCosts, type DayPlan, type DayProblem } from '@/lib/domain/day-plan'
import { QUARTER_SECONDS } from '@/lib/domain/local-calendar'
import type { BuiltDay } from './build-day'
import { meanPriceOf } from './day-model'
import type { ModelSolver } from './highs-solver'
import { solveDay } from './solve-day'

export interface DayShift {
  day: BuiltDay
  plan: DayPlan
  isProven: boolean
  currentCost: number
  plannedCost: number
  moved: MovedRun[]
}

/** How many times the mean price a kWh above the connection's limit counts: enough that no saving is worth it. */
const OVER_LIMIT_PRICES = 100

/** Half of the smallest amount that is shown: less than this is the noise of sums. Moves may cost, where they make room for others. */
const LEAST_SAVING = 0.005

/** Whether a move changed what a run cost by an amount that is shown. */
export const isNoticeable = ({ savings }: MovedRun) => Math.abs(savings) >= LEAST_SAVING

/** Where each run of a day would have cost least, within the limit of the connection (W; null: none). */
export async function shiftDay(day: BuiltDay, solver: ModelSolver, peakLimitWatts: number | null): Promise<DayShift> {
  const problem = withLimit(day.problem, peakLimitWatts)
  const { plan, isProven } = await solveDay(problem, solver)
  return { day, plan, isProven, currentCost: dayCost(problem, AS_IT_WAS), plannedCost: dayCost(problem, plan), moved: movedRuns(day, plan) }
}

export function withLimit(problem: DayProblem, peakLimitWatts: number | null): DayProblem {
  if (peakLimitWatts === null) return problem
  const limitKwh = (peakLimitWatts * QUARTER_SECONDS) / 3_600_000
  // What was above the limit without any plan stays possible.
  const aboveKwh = Math.max(limitKwh, ...problem.baseKwh)
  return { ...problem, peak: { aboveKwh, costPerKwh: OVER_LIMIT_PRICES * Math.max(meanPriceOf(problem), 1e-6) } }
}

/**
 * What each move of a plan saves. The moves are made one after the other in the order of the runs, so that what they save adds up to
 * what the plan saves, also where two runs share the sun of the same quarter.
 */
export function movedRuns({ problem, runs }: BuiltDay, plan: DayPlan): MovedRun[] {
  const currentCosts = runCosts(problem, AS_IT_WAS)
  const moved: MovedRun[] = []
  const startSlots = new Map<string, number>()
  let cost = dayCost(problem, AS_IT_WAS)
  for (const { id, startSlot, slotKwh } of problem.runs) {
    const slot = plan.startSlots.get(id) ?? startSlot
    const run = runs.get(id)
    if (slot === startSlot || !run) continue
    startSlots.set(id, slot)
    const next = dayCost(problem, { startSlots, batteryKwh: null })
    const currentCost = currentCosts.get(id) ?? 0
    moved.push({
      id,
      appliance: run.appliance,
      startedAt: run.startedAt,
      suggestedStart: run.startedAt + (slot - startSlot) * QUARTER_SECONDS,
      durationSeconds: run.endedAt - run.startedAt,
      energyKwh: slotKwh.reduce((sum, kwh) => sum + kwh, 0),
      cost: currentCost,
      plannedCost: currentCost - (cost - next),
      savings: cost - next,
    })
    cost = next
  }
  return moved
}

/** Whether moving anything within a day could matter at all. */
export function hasPriceDifference(days: readonly BuiltDay[]): boolean {
  return days.some(({ problem, feedsIn }) => {
    const [first] = problem.importPrices
    return feedsIn || problem.importPrices.some((price) => price !== first)
  })
}

export function runsOf(days: readonly BuiltDay[], appliance: Appliance) {
  return days.flatMap(({ runs }) => [...runs.values()]).filter((run) => run.appliance === appliance)
}

export interface ShavedPeak {
  /** By day, in the order given; a day that is not named stays as it was. */
  plans: ReadonlyMap<BuiltDay, DayPlan>
  /** kWh in the highest quarter. */
  currentKwh: number
  plannedKwh: number
  isProven: boolean
}

/**
 * The least peak that moving runs leaves of several days, weighed against what moving them costs. The days are taken from the highest
 * on: once what is left of one is above all others as they were, those cannot matter.
 * @param chargePerKw currency per kW of the highest quarter
 */
export async function shavePeak(days: readonly BuiltDay[], chargePerKw: number, solver: ModelSolver): Promise<ShavedPeak> {
  const peakOf = (day: BuiltDay, plan: DayPlan) => Math.max(0, ...meterKwh(day.problem, plan))
  const byPeak = days.map((day) => ({ day, peakKwh: peakOf(day, AS_IT_WAS) })).toSorted((a, b) => b.peakKwh - a.peakKwh)
  const costPerKwh = (chargePerKw * 3600) / QUARTER_SECONDS
  const plans = new Map<BuiltDay, DayPlan>()
  let isProven = true
  let aboveKwh = 0
  for (const { day, peakKwh } of byPeak) {
    if (peakKwh <= aboveKwh) break
    const solved = await solveDay({ ...day.problem, peak: { aboveKwh, costPerKwh } }, solver)
    plans.set(day, solved.plan)
    isProven &&= solved.isProven
    aboveKwh = Math.max(aboveKwh, peakOf(day, solved.plan))
  }
  return { plans, currentKwh: byPeak[0]?.peakKwh ?? 0, plannedKwh: aboveKwh, isProven }
}
