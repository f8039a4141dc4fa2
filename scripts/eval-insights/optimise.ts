import type { DayProblem } from '@/lib/domain/day-plan'
import { HighsSolver, sharedSolver } from '@/lib/insights/optimise/highs-solver'
import { planObjective } from '@/lib/insights/optimise/day-model'
import { solveDay } from '@/lib/insights/optimise/solve-day'
import { bruteForce } from '@/lib/insights/optimise/testing/brute-force'
import { madeUpDay, seededNumbers } from '@/lib/insights/optimise/testing/made-up-days'

interface SolveCase {
  name: string
  problem(seed: number): DayProblem
}

const BATTERY = { capacityKwh: 10, slotKwh: 1.25, roundTripEfficiency: 0.9 }
const DAY = { slots: 96, longestRun: 8, reach: 68, hasPeak: false, isUsual: true }

/** Days of 96 quarters of an hour, as long as homes have them. */
export const SOLVE_CASES: readonly SolveCase[] = [
  { name: '3 runs', problem: (seed) => madeUpDay(seed, { ...DAY, runs: 3, hasSolar: false }) },
  { name: '6 runs and solar', problem: (seed) => madeUpDay(seed, { ...DAY, runs: 6, hasSolar: true }) },
  { name: '6 runs under a charge for the peak', problem: (seed) => madeUpDay(seed, { ...DAY, runs: 6, hasSolar: false, hasPeak: true }) },
  { name: '20 heat-pump cycles within an hour', problem: (seed) => heatPumpDay(seed) },
  { name: '4 runs, solar and a battery', problem: (seed) => ({ ...madeUpDay(seed, { ...DAY, runs: 4, hasSolar: true }), battery: BATTERY }) },
  {
    name: '4 runs, solar, a battery and a charge for the peak',
    problem: (seed) => ({ ...madeUpDay(seed, { ...DAY, runs: 4, hasSolar: true, hasPeak: true }), battery: BATTERY }),
  },
]

/** Short cycles in a row that keep their order. */
function heatPumpDay(seed: number): DayProblem {
  const next = seededNumbers(seed)
  const runs = Array.from({ length: 20 }, (_, index) => {
    const startSlot = 4 * index + 4 + Math.floor(next() * 2)
    const candidateSlots = Array.from({ length: 9 }, (__, at) => startSlot - 4 + at).filter((slot) => slot >= 0 && slot <= 94)
    const after = index === 0 ? [] : [{ id: `run_${index - 1}`, leastSlots: 2 }]
    return { id: `run_${index}`, startSlot, slotKwh: [0.3 + 0.2 * next(), 0.4], candidateSlots, previousSlot: null, after }
  })
  return { ...madeUpDay(seed, { ...DAY, runs: 0, hasSolar: false }), runs }
}

/** Solves a case for as many seeds; the first solve of the process also loads the solver and is not counted. */
export async function solveTimes({ problem }: SolveCase, count: number) {
  const solver = sharedSolver()
  await solveDay(madeUpDay(1, { ...DAY, slots: 8, reach: 2, runs: 1, longestRun: 1, hasSolar: false }), solver)
  const milliseconds: number[] = []
  let unproven = 0
  let inTime = 0
  for (let seed = 100; seed < 100 + count; seed++) {
    const day = problem(seed)
    const start = performance.now()
    const { isProven } = await solveDay(day, solver)
    milliseconds.push(performance.now() - start)
    if (!isProven) unproven++
    else if ((milliseconds.at(-1) ?? Infinity) < 1000) inTime++
  }
  milliseconds.sort((a, b) => a - b)
  const medianMilliseconds = milliseconds[Math.floor(count / 2)] ?? NaN
  return { medianMilliseconds, worstMilliseconds: milliseconds.at(-1) ?? NaN, unproven, inTime }
}

const SMALL_DAYS = 40
const PATIENT_SECONDS = 12
const TIMED_DAYS = 20

/** How often the optimiser agrees with trying everything on small days, and how long whole days take. Needs no data. */
export async function evaluate(): Promise<string> {
  // Whether it agrees must not depend on how busy the machine is; how long whole days take is measured below.
  const patient = new HighsSolver(PATIENT_SECONDS)
  let agreed = 0
  let worstDifference = 0
  for (let seed = 0; seed < SMALL_DAYS; seed++) {
    const day = madeUpDay(seed, { slots: 24, runs: 3, longestRun: 4, hasSolar: seed % 2 === 1, hasPeak: seed % 3 === 2, reach: 8 })
    const objective = planObjective(day, (await solveDay(day, patient)).plan)
    const difference = Math.abs(objective - bruteForce(day).objective)
    worstDifference = Math.max(worstDifference, difference)
    if (difference < 1e-6) agreed++
  }
  await patient.close()
  const lines = [
    '| optimisation | days | result |',
    '|---|---|---|',
    `| agrees with trying everything (24 quarters, 3 runs) | ${SMALL_DAYS} | ${agreed} agree, largest difference ${worstDifference.toExponential(1)} |`,
  ]
  for (const kind of SOLVE_CASES) {
    const { medianMilliseconds, worstMilliseconds, unproven } = await solveTimes(kind, TIMED_DAYS)
    const failed = unproven > 0 ? `, ${unproven} not proven the best in time` : ''
    lines.push(`| solves 96 quarters: ${kind.name} | ${TIMED_DAYS} | median ${medianMilliseconds.toFixed(0)} ms, worst ${worstMilliseconds.toFixed(0)} ms${failed} |`)
  }
  // Its thread would keep the process from ending.
  await sharedSolver().close()
  return lines.join('\n')
}
