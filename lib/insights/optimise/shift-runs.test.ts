import { afterAll, describe, expect, it } from 'vitest'
import { AS_IT_WAS, dayCost, peakWatts, runCosts, type DayProblem, type MovableRun } from '@/lib/domain/day-plan'
import type { BuiltDay, SeenRun } from './build-day'
import { HighsSolver } from './highs-solver'
import { movedRuns, shavePeak, shiftDay } from './shift-runs'

const solver = new HighsSolver(10)
afterAll(() => solver.close())

const ANYWHERE = Array.from({ length: 14 }, (_, slot) => slot)
const run = (id: string, startSlot: number): MovableRun => {
  return { id, startSlot, slotKwh: [0.5, 0.5], candidateSlots: ANYWHERE, previousSlot: null, after: [] }
}

function dayOf(problem: Partial<DayProblem>): BuiltDay {
  const whole: DayProblem = {
    startSeconds: 0,
    importPrices: new Array<number>(16).fill(0.3),
    exportPrices: new Array<number>(16).fill(0.08),
    baseKwh: new Array<number>(16).fill(0.1),
    runs: [run('first', 1), run('second', 1)],
    battery: null,
    peak: null,
    ...problem,
  }
  const seen = ({ id, startSlot }: MovableRun): SeenRun => {
    const startedAt = startSlot * 900
    return { id, place: 1, appliance: 'Dishwasher', startedAt, endedAt: startedAt + 1800, confidence: 0.9, quarterStartSeconds: [], quarterWh: [] }
  }
  return { problem: whole, runs: new Map(whole.runs.map((one) => [one.id, seen(one)])), coverage: 1, feedsIn: false, isTiered: false }
}

describe('moving the runs of a day', () => {
  it('counts the sun of a quarter once, however many runs move into it', async () => {
    // Between the two of them 0.6 kWh a quarter are to spare, where both would take 1.
    const baseKwh = Array.from({ length: 16 }, (_, slot) => (slot === 8 || slot === 9 ? -0.6 : 0.1))
    const day = dayOf({ baseKwh, runs: [{ ...run('first', 1), candidateSlots: [1, 8] }, { ...run('second', 1), candidateSlots: [1, 8] }] })
    const { plan, currentCost, plannedCost } = await shiftDay(day, solver, null)
    const moved = movedRuns(day, plan)
    expect(moved).toHaveLength(2)
    expect(moved.reduce((sum, { savings }) => sum + savings, 0)).toBeCloseTo(currentCost - plannedCost, 9)
    // 1.2 kWh at the credit they forgo, the rest of the 2 at the price.
    expect(currentCost - plannedCost).toBeCloseTo(1.2 * (0.3 - 0.08), 9)
  })

  it('keeps below the limit of the connection, even where that costs more', async () => {
    const importPrices = Array.from({ length: 16 }, (_, slot) => (slot === 4 || slot === 5 ? 0.1 : 0.3))
    const free = await shiftDay(dayOf({ importPrices }), solver, null)
    expect(peakWatts(free.day.problem, free.plan)).toBeCloseTo(4400, 6)
    const limited = await shiftDay(dayOf({ importPrices }), solver, 3000)
    expect(peakWatts(limited.day.problem, limited.plan)).toBeCloseTo(2400, 6)
    expect(limited.plannedCost).toBeGreaterThan(free.plannedCost)
  })

  it('lowers the highest of several days, and stops where another day is as high', async () => {
    const together = dayOf({})
    const fixed = dayOf({ baseKwh: new Array<number>(16).fill(0.8), runs: [] })
    const shaved = await shavePeak([together, fixed], 10, solver)
    expect([shaved.currentKwh, shaved.plannedKwh]).toEqual([expect.closeTo(1.1, 9), expect.closeTo(0.8, 9)])
    expect([...shaved.plans.keys()]).toContain(together)
  })

  it('prices a run beside the rest of its day', () => {
    const day = dayOf({})
    expect(runCosts(day.problem, AS_IT_WAS).get('first')).toBeCloseTo(0.3, 9)
    expect(dayCost(day.problem, AS_IT_WAS)).toBeCloseTo(0.3 * (1.6 + 2), 9)
  })
})
