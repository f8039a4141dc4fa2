import type { DayProblem, MovableRun } from '@/lib/domain/day-plan'
import { meanPriceOf, movePenalty } from './day-model'

/** What a beginning of a run costs at least, whatever else a plan does; a day without a battery. */
export interface LeastCost {
  slot: number
  /** Energy and what moving counts, in the currency of the prices. */
  cost: number
  /** What the run alone adds to the charge for the peak. Of several runs the largest counts, not the sum. */
  peakCost: number
}

/**
 * By run, cheapest first. A quarter of an hour costs more per kWh the more is drawn in it, so that a run never costs less beside others
 * than alone. Where a credit is above the price it is the other way round: there the price bounds what a kWh costs.
 */
export function leastCosts(problem: DayProblem): LeastCost[][] {
  const meanPrice = meanPriceOf(problem)
  const already = fixedExcessKwh(problem)
  return problem.runs.map((run) =>
    run.candidateSlots
      .map((slot) => ({ slot, cost: movePenalty(run, slot, meanPrice) + energyCost(problem, run, slot), peakCost: peakCost(problem, run, slot, already) }))
      .toSorted((a, b) => a.cost - b.cost || a.slot - b.slot))
}

function energyCost(problem: DayProblem, run: MovableRun, slot: number): number {
  let cost = 0
  for (const [offset, kwh] of run.slotKwh.entries()) {
    const at = slot + offset
    const base = problem.baseKwh[at] ?? 0
    cost += isConvexAt(problem, at) ? costIn(problem, at, base + kwh) - costIn(problem, at, base) : kwh * (problem.importPrices[at] ?? 0)
  }
  return cost
}

function peakCost({ baseKwh, peak }: DayProblem, { slotKwh }: MovableRun, slot: number, already: number): number {
  if (!peak) return 0
  const highest = Math.max(...slotKwh.map((kwh, offset) => (baseKwh[slot + offset] ?? 0) + kwh))
  return Math.max(0, highest - peak.aboveKwh - already) * peak.costPerKwh
}

/** What is above the level of the peak without any run, kWh. */
export function fixedExcessKwh({ baseKwh, peak }: DayProblem): number {
  return peak ? Math.max(0, ...baseKwh.map((kwh) => kwh - peak.aboveKwh)) : 0
}

/** Whether another kWh in a quarter of an hour never costs less than the one before. */
export function isConvexAt({ baseKwh, importPrices, exportPrices }: DayProblem, slot: number): boolean {
  return (baseKwh[slot] ?? 0) >= 0 || (importPrices[slot] ?? 0) >= (exportPrices[slot] ?? 0)
}

/** What a quarter of an hour costs. @param kwh drawn less fed in */
export const costIn = ({ importPrices, exportPrices }: DayProblem, slot: number, kwh: number) =>
  kwh * ((kwh >= 0 ? importPrices : exportPrices)[slot] ?? 0)
