import { AS_IT_WAS, type DayPlan, type DayProblem } from '@/lib/domain/day-plan'
import { dayModel, planObjective, planOf } from './day-model'
import type { ModelSolver } from './highs-solver'

/** How far from the optimum a plan may be, in the currency of the prices. */
const EXACT_GAP = 1e-9
/** A battery and a peak have many plans that cost the same to a hundredth of a cent. */
const ROUGH_GAP = 1e-4

export interface SolvedDay {
  plan: DayPlan
  /** Whether no plan is better; else it is the best that was found within the time limit, at worst the day as it was. */
  isProven: boolean
}

/** The cheapest plan of a day. @throws Error where the solver fails */
export async function solveDay(problem: DayProblem, solver: ModelSolver): Promise<SolvedDay> {
  const { values, isProven } = await solver.solve(dayModel(problem), problem.battery || problem.peak ? ROUGH_GAP : EXACT_GAP)
  const plan = planOf(problem, values)
  if (isProven && plan) return { plan, isProven }
  const isBetter = plan !== null && planObjective(problem, plan) < planObjective(problem, AS_IT_WAS)
  return { plan: isBetter ? plan : AS_IT_WAS, isProven: false }
}
