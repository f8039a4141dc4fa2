import { AS_IT_WAS, type DayPlan, type DayProblem } from '@/lib/domain/day-plan'
import { keepsOrder, meanPriceOf, movePenalty, planObjective } from './day-model'
import { costIn, fixedExcessKwh, type LeastCost } from './run-costs-alone'

/** In all, and with each width. */
const MOST_PLACINGS = 120_000
const MOST_OF_WIDTH = 40_000
const WIDTHS = 12
/** Gains below this are rounding, in the currency of the prices. */
const ROUNDING = 1e-9

/**
 * A good plan of the runs, often the best: depth first, each run at its cheapest place first, leaving what cannot beat the best plan
 * so far, until all was tried or enough. The same day always gives the same plan. What a battery does is left out.
 */
export function findPlan(problem: DayProblem, least: readonly (readonly LeastCost[])[]): DayPlan {
  const { runs, peak } = problem
  const meanPrice = meanPriceOf(problem)
  const used = [...problem.baseKwh]
  const startSlots = new Map<string, number>()
  let best = bestKnown(problem)
  // The dearest first: what they leave open decides little.
  const order = runs.map((_, index) => index).toSorted((a, b) => energyOf(b) - energyOf(a) || a - b)
  function energyOf(index: number) {
    return runs[index]?.slotKwh.reduce((sum, kwh) => sum + kwh, 0) ?? 0
  }
  /** What the runs from there on cost at least. */
  const restCost = [0]
  for (const index of order.toReversed()) restCost.unshift((restCost[0] ?? 0) + (least[index]?.[0]?.cost ?? 0))
  const fixed = planObjective({ ...problem, runs: [], peak: null }, AS_IT_WAS)
  const fits = (index: number, slot: number) => {
    const run = runs[index]
    return !!run && run.after.every(({ id, leastSlots }) => slot - (startSlots.get(id) ?? -Infinity) >= leastSlots) &&
      runs.every(({ id, after }) => after.every((first) => first.id !== run.id || (startSlots.get(id) ?? Infinity) - slot >= first.leastSlots))
  }
  let placings = 0
  let mostPlacings = 0
  let limit = best.objective
  const place = (depth: number, cost: number, excessKwh: number): void => {
    const index = order[depth]
    const run = index === undefined ? undefined : runs[index]
    const peakCost = excessKwh * (peak?.costPerKwh ?? 0)
    if (index === undefined || !run) {
      if (cost + peakCost >= limit - ROUNDING) return
      limit = cost + peakCost
      best = { startSlots: new Map(startSlots), objective: limit }
      return
    }
    for (const { slot, cost: alone } of least[index] ?? []) {
      if (cost + alone + (restCost[depth + 1] ?? 0) + peakCost >= limit - ROUNDING || placings > mostPlacings) return
      placings++
      if (!fits(index, slot)) continue
      let own = movePenalty(run, slot, meanPrice)
      let most = excessKwh
      for (const [offset, kwh] of run.slotKwh.entries()) {
        const before = used[slot + offset] ?? 0
        own += costIn(problem, slot + offset, before + kwh) - costIn(problem, slot + offset, before)
        used[slot + offset] = before + kwh
        if (peak) most = Math.max(most, before + kwh - peak.aboveKwh)
      }
      startSlots.set(run.id, slot)
      place(depth + 1, cost + own, most)
      startSlots.delete(run.id)
      for (const [offset, kwh] of run.slotKwh.entries()) used[slot + offset] = (used[slot + offset] ?? 0) - kwh
    }
  }
  // First only what comes near the least that is possible: where a plan is there, nothing else is tried.
  const excessKwh = fixedExcessKwh(problem)
  const bound = fixed + (restCost[0] ?? 0) + excessKwh * (peak?.costPerKwh ?? 0)
  for (let halvings = WIDTHS; halvings >= 0 && placings < MOST_PLACINGS; halvings--) {
    const before = best
    limit = Math.min(best.objective, bound + (best.objective - bound) / 2 ** halvings)
    mostPlacings = Math.min(MOST_PLACINGS, placings + MOST_OF_WIDTH)
    place(0, fixed, excessKwh)
    if (best !== before) break
  }
  return { startSlots: best.startSlots, batteryKwh: null }
}

/** As it was, or as it was planned before, whichever costs less. */
function bestKnown(problem: DayProblem): { startSlots: Map<string, number>; objective: number } {
  const asItWas = new Map(problem.runs.map(({ id, startSlot }) => [id, startSlot]))
  const earlier = new Map(problem.runs.map(({ id, startSlot, previousSlot, candidateSlots }) =>
    [id, previousSlot !== null && candidateSlots.includes(previousSlot) ? previousSlot : startSlot]))
  const known = [asItWas, ...(keepsOrder(problem, earlier) ? [earlier] : [])].map((startSlots) =>
    ({ startSlots, objective: planObjective(problem, { startSlots, batteryKwh: null }) }))
  return known.toSorted((a, b) => a.objective - b.objective)[0] ?? { startSlots: asItWas, objective: Infinity }
}
