import { AS_IT_WAS, type DayPlan, type DayProblem, type MovableRun } from '@/lib/domain/day-plan'
import { planObjective, type Conflict } from './day-model'
import { findPlan } from './find-plan'
import { costIn, fixedExcessKwh, isConvexAt, leastCosts } from './run-costs-alone'

/** Room for rounding, in the currency of the prices. */
const ROUNDING = 1e-7

export interface NarrowedDay {
  /** The same day without beginnings that no best plan has. */
  problem: DayProblem
  conflicts: readonly Conflict[]
  /** A good plan of the runs, often the best; it does not use a battery. */
  plan: DayPlan
}

/**
 * Takes away what cannot be in a best plan: a beginning, or two together, that cost more than a plan that was found leaves room for,
 * with all other runs where each alone costs least. With a battery nothing is known of what runs cost alone, and all stays.
 */
export function narrowDay(problem: DayProblem): NarrowedDay {
  const least = leastCosts(problem)
  const plan = findPlan(problem, least)
  if (problem.battery) return { problem, conflicts: [], plan }
  const fixed = planObjective({ ...problem, runs: [] }, AS_IT_WAS)
  const cheapest = least.map(([first]) => first?.cost ?? 0)
  const room = planObjective(problem, plan) - fixed - cheapest.reduce((sum, cost) => sum + cost, 0) + ROUNDING
  const beyond = least.map((costs, index) => new Map(costs.map(({ slot, cost }) => [slot, cost - (cheapest[index] ?? 0)])))
  const runs = problem.runs.map((run, index) => {
    const kept = new Set(least[index]?.flatMap(({ slot, cost, peakCost }) => (cost - (cheapest[index] ?? 0) + peakCost <= room ? [slot] : [])))
    return { ...run, candidateSlots: run.candidateSlots.filter((slot) => kept.has(slot)) }
  })
  const narrowed = { ...problem, runs }
  return { problem: narrowed, conflicts: findConflicts(narrowed, beyond, room), plan }
}

/** @param beyond by run and beginning: what it costs more than the cheapest, at least */
function findConflicts(problem: DayProblem, beyond: readonly ReadonlyMap<number, number>[], room: number): Conflict[] {
  const { runs } = problem
  const already = fixedExcessKwh(problem)
  return runs.flatMap((run, index) =>
    runs.flatMap((second, other) => {
      if (other === index) return []
      return run.candidateSlots.flatMap((slot): Conflict[] => {
        const own = beyond[index]?.get(slot) ?? 0
        const otherSlots = second.candidateSlots.filter((at) =>
          at < slot + run.slotKwh.length && slot < at + second.slotKwh.length &&
          own + (beyond[other]?.get(at) ?? 0) + costTogether(problem, { run, slot }, { run: second, slot: at }, already) > room)
        return otherSlots.length > 0 ? [{ run: index, slot, other, otherSlots }] : []
      })
    }))
}

interface Placed {
  run: MovableRun
  slot: number
}

/** What two runs that overlap cost at least beyond what each costs alone: the sun they share, and the peak they make. */
function costTogether(problem: DayProblem, first: Placed, second: Placed, already: number): number {
  const { baseKwh, peak } = problem
  let cost = 0
  let excessKwh = 0
  const to = Math.min(first.slot + first.run.slotKwh.length, second.slot + second.run.slotKwh.length)
  for (let at = Math.max(first.slot, second.slot); at < to; at++) {
    const base = baseKwh[at] ?? 0
    const a = first.run.slotKwh[at - first.slot] ?? 0
    const b = second.run.slotKwh[at - second.slot] ?? 0
    if (isConvexAt(problem, at)) {
      cost += costIn(problem, at, base + a + b) - costIn(problem, at, base + a) - costIn(problem, at, base + b) + costIn(problem, at, base)
    }
    if (peak) excessKwh = Math.max(excessKwh, base + a + b - peak.aboveKwh)
  }
  return cost + Math.max(0, excessKwh - already) * (peak?.costPerKwh ?? 0)
}
