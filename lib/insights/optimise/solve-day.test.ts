import { afterAll, describe, expect, it } from 'vitest'
import { AS_IT_WAS, dayCost, meterKwh, type DayProblem } from '@/lib/domain/day-plan'
import { HighsSolver } from './highs-solver'
import { dayModel, keepsOrder, planObjective } from './day-model'
import { solveDay } from './solve-day'
import { bruteForce, bruteForceBattery } from './testing/brute-force'
import { madeUpDay } from './testing/made-up-days'

// Time enough on a machine that does much else.
const solver = new HighsSolver(10)
afterAll(() => solver.close())

const CASES = Array.from({ length: 24 }, (_, seed) => ({ seed, hasSolar: seed % 2 === 1, hasPeak: seed % 3 === 2 }))

/** Two hours at 0.40, then two at 0.10; a run of two quarters that began in the second. */
const day: DayProblem = {
  startSeconds: 0,
  importPrices: [...new Array<number>(8).fill(0.4), ...new Array<number>(8).fill(0.1)],
  exportPrices: new Array<number>(16).fill(0),
  baseKwh: new Array<number>(16).fill(0.05),
  runs: [{ id: 'wash', startSlot: 1, slotKwh: [0.5, 0.3], candidateSlots: Array.from({ length: 15 }, (_, at) => at), previousSlot: null, after: [] }],
  battery: null,
  peak: null,
}

describe('the optimiser', () => {
  it.each(CASES)('is as good as trying everything: day $seed, solar $hasSolar, peak $hasPeak', async ({ seed, hasSolar, hasPeak }) => {
    const problem = madeUpDay(seed, { slots: 24, runs: 3, longestRun: 4, hasSolar, hasPeak, reach: 8 })
    const { plan } = await solveDay(problem, solver)
    expect(keepsOrder(problem, plan.startSlots)).toBe(true)
    expect(planObjective(problem, plan)).toBeCloseTo(bruteForce(problem).objective, 6)
  })

  it.each([1, 2, 3])('charges a battery as well as trying every level does: day %i', async (seed) => {
    const problem: DayProblem = {
      ...madeUpDay(seed, { slots: 24, runs: 0, longestRun: 1, hasSolar: true, hasPeak: false, reach: 0 }),
      battery: { capacityKwh: 1, slotKwh: 0.5, roundTripEfficiency: 1 },
    }
    const cost = dayCost(problem, (await solveDay(problem, solver)).plan)
    const tried = bruteForceBattery(problem, 0.02)
    // The levels are a grid, the optimiser is not bound to it.
    expect(cost).toBeLessThanOrEqual(tried + 1e-4)
    expect(cost).toBeGreaterThan(tried - 0.05)
  })

  it('never takes out of a battery more than went in, nor faster than it can', async () => {
    const problem: DayProblem = {
      ...madeUpDay(7, { slots: 96, runs: 0, longestRun: 1, hasSolar: true, hasPeak: false, reach: 0, isUsual: true }),
      battery: { capacityKwh: 3, slotKwh: 0.5, roundTripEfficiency: 0.81 },
    }
    const flow = (await solveDay(problem, solver)).plan.batteryKwh ?? []
    let storedKwh = 0
    for (const kwh of flow) {
      storedKwh += kwh > 0 ? kwh * 0.9 : kwh / 0.9
      expect(storedKwh).toBeGreaterThan(-1e-6)
      expect(storedKwh).toBeLessThan(3 + 1e-6)
      expect(Math.abs(kwh)).toBeLessThan(0.5 + 1e-6)
    }
    expect(storedKwh).toBeCloseTo(0, 5)
    expect(Math.max(...flow)).toBeGreaterThan(0.1)
  })

  it('moves a run to the nearest cheap time, in one piece', async () => {
    const { plan } = await solveDay(day, solver)
    expect(plan.startSlots).toEqual(new Map([['wash', 8]]))
    expect(dayCost(day, AS_IT_WAS) - dayCost(day, plan)).toBeCloseTo(0.8 * 0.3, 9)
    const used = meterKwh(day, plan).map((kwh) => Number((kwh - 0.05).toFixed(9)))
    expect(used.filter((kwh) => kwh > 0)).toEqual([0.5, 0.3])
    expect(used[8]).toBe(0.5)
  })

  it('leaves a run alone where all times cost the same', async () => {
    const flat = { ...day, importPrices: day.importPrices.map(() => 0.3) }
    expect((await solveDay(flat, solver)).plan.startSlots.get('wash')).toBe(1)
  })

  it('leaves alone what may not move', async () => {
    const fixed = { ...day, runs: day.runs.map((run) => ({ ...run, candidateSlots: [run.startSlot] })) }
    expect((await solveDay(fixed, solver)).plan.startSlots.get('wash')).toBe(1)
  })

  it('keeps to an earlier plan until another is better by more than a trifle', async () => {
    const planned = { ...day, runs: day.runs.map((run) => ({ ...run, previousSlot: 12 })) }
    expect((await solveDay(planned, solver)).plan.startSlots.get('wash')).toBe(12)
    const hardlyCheaper = { ...planned, importPrices: planned.importPrices.map((price, slot) => (slot === 9 ? price - 0.0005 : price)) }
    expect((await solveDay(hardlyCheaper, solver)).plan.startSlots.get('wash')).toBe(12)
    const cheaper = { ...planned, importPrices: planned.importPrices.map((price, slot) => (slot === 9 ? price - 0.05 : price)) }
    expect((await solveDay(cheaper, solver)).plan.startSlots.get('wash')).not.toBe(12)
  })

  it('keeps a run after the one it followed', async () => {
    const dryer = { id: 'dry', startSlot: 4, slotKwh: [0.6, 0.6], candidateSlots: Array.from({ length: 15 }, (_, at) => at), previousSlot: null, after: [{ id: 'wash', leastSlots: 3 }] }
    const { plan: { startSlots } } = await solveDay({ ...day, runs: [...day.runs, dryer] }, solver)
    expect((startSlots.get('dry') ?? 0) - (startSlots.get('wash') ?? 0)).toBeGreaterThanOrEqual(3)
    expect(startSlots.get('wash')).toBeGreaterThanOrEqual(8)
  })

  it('gives a good plan where the time is up, and says that it is not proven, unless it was', async () => {
    const hurried = solver.within(0)
    const unknown = { ...day, importPrices: day.importPrices.map((price) => price + 0.001) }
    expect(await solveDay(unknown, hurried)).toEqual({ plan: { startSlots: new Map([['wash', 8]]), batteryKwh: null }, isProven: false })
    await solveDay(unknown, solver)
    expect(await solveDay(unknown, hurried)).toMatchObject({ isProven: true })
  })

  it('ends at the deadline also while a model is solved, and solves what comes after', async () => {
    const slow = new HighsSolver(0.6)
    await slow.solve('Minimize\n cost: x\nSubject To\n a: x >= 2\nEnd')
    const order: string[] = []
    const hard = dayModel({
      ...madeUpDay(5, { slots: 96, runs: 14, longestRun: 8, hasSolar: true, hasPeak: true, reach: 96, isUsual: true }),
      battery: { capacityKwh: 10, slotKwh: 1.25, roundTripEfficiency: 0.9 },
    })
    const long = slow.solve(hard, { gap: 0 }).then(() => order.push('without a deadline'))
    const hurried = slow.within(0.1).solve(hard, { gap: 0 }).then((found) => {
      order.push('with a deadline')
      expect(found).toEqual({ values: new Map(), isProven: false })
    })
    await Promise.all([long, hurried])
    expect(order).toEqual(['with a deadline', 'without a deadline'])
    expect((await slow.within(60).solve('Minimize\n cost: x\nSubject To\n a: x >= 2\nEnd')).values.size).toBeGreaterThan(0)
    await slow.close()
  })

  it('says so where a model has no solution, and goes on with the next', async () => {
    await expect(solver.solve('Minimize\n cost: x\nSubject To\n a: x >= 2\n b: x <= 1\nEnd')).rejects.toThrow(/no optimum: Infeasible/)
    expect((await solveDay(day, solver)).plan.startSlots.get('wash')).toBe(8)
  })
})
