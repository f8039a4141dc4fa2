import type { DayPlan, DayProblem } from '@/lib/domain/day-plan'
import { keepsOrder, planObjective } from '../day-model'

/** The least objective of all combinations of beginnings that keep the runs' order; problems without a battery. */
export function bruteForce(problem: DayProblem): { objective: number; plan: DayPlan } {
  let best: { objective: number; plan: DayPlan } | null = null
  const place = (index: number, startSlots: Map<string, number>): void => {
    const run = problem.runs[index]
    if (!run) {
      if (!keepsOrder(problem, startSlots)) return
      const plan = { startSlots: new Map(startSlots), batteryKwh: null }
      const objective = planObjective(problem, plan)
      if (!best || objective < best.objective) best = { objective, plan }
      return
    }
    for (const slot of run.candidateSlots) place(index + 1, startSlots.set(run.id, slot))
  }
  place(0, new Map())
  if (!best) throw new Error('No combination keeps the order.')
  return best
}

/**
 * The least cost of a day with a battery and without runs that move, by dynamic programming over stored energy in steps of
 * `stepKwh`: the battery moves by whole steps of what it stores.
 */
export function bruteForceBattery(problem: DayProblem, stepKwh: number): number {
  const { battery } = problem
  if (!battery) throw new Error('The problem has no battery.')
  const oneWay = Math.sqrt(battery.roundTripEfficiency)
  const levels = Math.round(battery.capacityKwh / stepKwh) + 1
  let costs = Array.from({ length: levels }, (_, level) => (level === 0 ? 0 : Infinity))
  for (const [slot, base] of problem.baseKwh.entries()) {
    const next = new Array<number>(levels).fill(Infinity)
    for (const [from, cost] of costs.entries()) {
      if (cost === Infinity) continue
      for (let to = 0; to < levels; to++) {
        const change = (to - from) * stepKwh
        const flow = change >= 0 ? change / oneWay : change * oneWay
        if (Math.abs(flow) > battery.slotKwh + 1e-9) continue
        const net = base + flow
        const price = (net >= 0 ? problem.importPrices : problem.exportPrices)[slot] ?? 0
        next[to] = Math.min(next[to] ?? Infinity, cost + net * price)
      }
    }
    costs = next
  }
  return costs[0] ?? Infinity
}
