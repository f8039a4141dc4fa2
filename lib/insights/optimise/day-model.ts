import { dayCost, meterKwh, type DayBattery, type DayPlan, type DayProblem, type MovableRun } from '@/lib/domain/day-plan'
import { Programme, type Term } from './programme'

/** A beginning of one run that, in any best plan, rules out some beginnings of another. Runs are named by their index. */
export interface Conflict {
  run: number
  slot: number
  other: number
  otherSlots: readonly number[]
}

/** A run is not worth moving for less than this much energy at the mean price costs. */
const LEAST_GAIN_KWH = 0.02
/** Of two times that cost the same the nearer is better. */
const DISTANCE_KWH = 0.0005
/** A battery does not cycle for nothing. */
const THROUGHPUT_KWH = 0.00001

/**
 * What moving a run counts beside its cost, in the currency of the prices: nothing where the home ran it, a little where an earlier
 * plan put it, more elsewhere. So a plan stays until another is better by more than a trifle, and no run moves for nothing.
 */
export function movePenalty({ startSlot, previousSlot, stayKwh = 0 }: MovableRun, slot: number, meanPrice: number): number {
  if (slot === previousSlot) return slot === startSlot ? 0 : (LEAST_GAIN_KWH / 2) * meanPrice
  const leaving = previousSlot === null ? 0 : stayKwh
  if (slot === startSlot) return leaving * meanPrice
  return (leaving + LEAST_GAIN_KWH + DISTANCE_KWH * Math.abs(slot - startSlot)) * meanPrice
}

/** What a plan is judged by: the day's cost, its peak's, and what moving counts. What a battery's throughput counts is left out. */
export function planObjective(problem: DayProblem, plan: DayPlan): number {
  const meanPrice = meanPriceOf(problem)
  const { peak } = problem
  const moves = problem.runs.reduce((sum, run) => sum + movePenalty(run, plan.startSlots.get(run.id) ?? run.startSlot, meanPrice), 0)
  const excessKwh = peak ? Math.max(0, ...meterKwh(problem, plan).map((kwh) => kwh - peak.aboveKwh)) : 0
  return dayCost(problem, plan) + moves + excessKwh * (peak?.costPerKwh ?? 0)
}

/** Whether all runs of a plan come after those they follow; a run that is not named began when it did. */
export function keepsOrder(problem: DayProblem, startSlots: ReadonlyMap<string, number>): boolean {
  const startOf = (id: string) => startSlots.get(id) ?? problem.runs.find((run) => run.id === id)?.startSlot ?? -Infinity
  return problem.runs.every((run) => run.after.every(({ id, leastSlots }) => startOf(run.id) - startOf(id) >= leastSlots))
}

/** Mean size of the prices drawn at, so that trifles are trifles in any currency. */
export function meanPriceOf({ importPrices }: DayProblem): number {
  return importPrices.reduce((sum, price) => sum + Math.abs(price), 0) / Math.max(1, importPrices.length)
}

/**
 * The day as a mixed-integer linear programme in CPLEX LP format. Binary `x{run}_{slot}`: the run begins there, so a run is one block.
 * Continuous, kWh: `i` drawn, `e` fed in, `c` charged, `d` discharged (at the terminals), `b` stored, `p` what the highest quarter is
 * above its level. A slot that draws whatever is planned needs no variables: what a run uses there costs the price. Where feeding in
 * pays more than drawing costs, or drawing pays, a binary keeps a slot from doing both.
 */
export function dayModel(problem: DayProblem, conflicts: readonly Conflict[] = []): string {
  const { importPrices, exportPrices, baseKwh, runs, battery, peak } = problem
  const meanPrice = meanPriceOf(problem)
  const programme = new Programme()
  const batterySlotKwh = battery?.slotKwh ?? 0
  const mostOfRuns = mostPerSlot(problem)
  /** The price a slot draws at, where it never feeds in. */
  const onlyPrice = (slot: number) => (!battery && (baseKwh[slot] ?? 0) >= 0 ? (importPrices[slot] ?? 0) : 0)
  const usedInSlot: Term[][] = baseKwh.map(() => [])

  for (const [index, run] of runs.entries()) {
    const names = run.candidateSlots.map((slot) => {
      const name = `x${index}_${slot}`
      let cost = movePenalty(run, slot, meanPrice)
      for (const [offset, kwh] of run.slotKwh.entries()) {
        cost += kwh * onlyPrice(slot + offset)
        if (kwh !== 0) usedInSlot[slot + offset]?.push([kwh, name])
      }
      programme.costs.push([cost, name])
      return name
    })
    programme.binaries.push(...names)
    programme.row(names.map((name) => [1, name]), '=', 1)
    for (const { id, leastSlots } of run.after) {
      const before = runs.findIndex((other) => other.id === id)
      const first = runs[before]
      if (first) keepOrder(programme, { index, run }, { index: before, run: first }, leastSlots)
    }
  }
  for (const { run, slot, other, otherSlots } of conflicts) {
    programme.row([[1, `x${run}_${slot}`], ...otherSlots.map((at): Term => [1, `x${other}_${at}`])], '<=', 1)
  }
  for (const [slot, base] of baseKwh.entries()) {
    const importPrice = importPrices[slot] ?? 0
    const exportPrice = exportPrices[slot] ?? 0
    const used = usedInSlot[slot] ?? []
    const most = Math.max(0, base + (mostOfRuns[slot] ?? 0) + batterySlotKwh)
    const mayExceed = peak !== null && most > peak.aboveKwh
    if (battery || base < 0) {
      const flows: Term[] = battery ? [[-1, `c${slot}`], [1, `d${slot}`]] : []
      programme.costs.push([importPrice, `i${slot}`], [-exportPrice, `e${slot}`])
      programme.row([[1, `i${slot}`], [-1, `e${slot}`], ...flows, ...used.map(([kwh, name]): Term => [-kwh, name])], '=', base)
      if (mayExceed) programme.row([[1, `i${slot}`], [-1, 'p']], '<=', peak.aboveKwh)
      // What the sun does not cover of each run by itself is drawn, however the rest lies: what half of two runs need is not.
      const beyondSun = used.flatMap(([kwh, name]): Term[] => (base + kwh > 0 ? [[-(base + kwh), name]] : []))
      if (base < 0 && beyondSun.length > 0) programme.row([[1, `i${slot}`], ...(battery ? [[1, `d${slot}`] as Term] : []), ...beyondSun], '>=', 0)
      if (exportPrice > importPrice) programme.either(`i${slot}`, most, `e${slot}`, Math.max(0, batterySlotKwh - base), `z${slot}`)
    } else if (mayExceed) {
      programme.row([...used, [-1, 'p']], '<=', peak.aboveKwh - base)
    }
    if (battery) addBattery(programme, battery, slot, { isLast: slot === baseKwh.length - 1, price: THROUGHPUT_KWH * meanPrice })
    // Charging and discharging at once wastes energy, which only pays where energy costs less than nothing.
    if (battery && Math.min(importPrice, exportPrice) < 0) {
      programme.either(`c${slot}`, batterySlotKwh, `d${slot}`, batterySlotKwh, `y${slot}`)
    }
  }
  if (peak) {
    programme.costs.push([peak.costPerKwh, 'p'])
    for (const [index, run] of runs.entries()) {
      const above = run.candidateSlots.flatMap((slot): Term[] => {
        const alone = Math.max(...run.slotKwh.map((kwh, offset) => (baseKwh[slot + offset] ?? 0) + kwh)) - peak.aboveKwh - batterySlotKwh
        return alone > 0 ? [[-alone, `x${index}_${slot}`]] : []
      })
      if (above.length > 0) programme.row([[1, 'p'], ...above], '>=', 0)
    }
  }
  return programme.text()
}

/** For every slot: who comes after has begun by then only if the first began `leastSlots` earlier. Far tighter than one row of sums. */
function keepOrder(
  programme: Programme,
  own: { index: number; run: MovableRun },
  first: { index: number; run: MovableRun },
  leastSlots: number,
): void {
  for (const slot of own.run.candidateSlots) {
    const begun = own.run.candidateSlots.filter((at) => at <= slot).map((at): Term => [1, `x${own.index}_${at}`])
    const firstBegun = first.run.candidateSlots.filter((at) => at <= slot - leastSlots)
    if (firstBegun.length === first.run.candidateSlots.length) continue
    programme.row([...begun, ...firstBegun.map((at): Term => [-1, `x${first.index}_${at}`])], '<=', 0)
  }
}

/** Half of the loss is on the way in, half on the way out. */
function addBattery(
  programme: Programme,
  { capacityKwh, slotKwh, roundTripEfficiency }: DayBattery,
  slot: number,
  { isLast, price }: { isLast: boolean; price: number },
): void {
  const oneWay = Math.sqrt(roundTripEfficiency)
  const before: Term[] = slot === 0 ? [] : [[-1, `b${slot - 1}`]]
  programme.row([[1, `b${slot}`], ...before, [-oneWay, `c${slot}`], [1 / oneWay, `d${slot}`]], '=', 0)
  programme.costs.push([price, `c${slot}`], [price, `d${slot}`])
  programme.bounds.push(`c${slot} <= ${slotKwh}`, `d${slot} <= ${slotKwh}`, isLast ? `b${slot} = 0` : `b${slot} <= ${capacityKwh}`)
}

/** Values of a solution by name, as a plan; null where a run begins nowhere. */
export function planOf(problem: DayProblem, values: ReadonlyMap<string, number>): DayPlan | null {
  const startSlots = new Map<string, number>()
  for (const [index, run] of problem.runs.entries()) {
    const slot = run.candidateSlots.find((candidate) => (values.get(`x${index}_${candidate}`) ?? 0) > 0.5)
    if (slot === undefined) return null
    startSlots.set(run.id, slot)
  }
  const flow = (slot: number) => (values.get(`c${slot}`) ?? 0) - (values.get(`d${slot}`) ?? 0)
  return { startSlots, batteryKwh: problem.battery ? problem.baseKwh.map((_, slot) => flow(slot)) : null }
}

/** What all runs together could draw in each slot at most, kWh. */
function mostPerSlot({ baseKwh, runs }: DayProblem): number[] {
  const most = baseKwh.map(() => 0)
  for (const run of runs) {
    const own = baseKwh.map(() => 0)
    for (const start of run.candidateSlots) {
      for (const [offset, kwh] of run.slotKwh.entries()) own[start + offset] = Math.max(own[start + offset] ?? 0, kwh)
    }
    for (const [slot, kwh] of own.entries()) most[slot] = (most[slot] ?? 0) + kwh
  }
  return most
}
