import { createHash } from 'node:crypto'
import { AS_IT_WAS, type DayPlan, type DayProblem } from '@/lib/domain/day-plan'
import { dayModel, planObjective, planOf } from './day-model'
import type { ModelSolver } from './highs-solver'
import { narrowDay } from './narrow-day'

/** How far from the optimum a plan may be, in the currency of the prices. */
const EXACT_GAP = 1e-9
/** A battery and a peak have many plans that cost the same to a hundredth of a cent. */
const ROUGH_GAP = 1e-4
/** Days that are past do not change, so most days of a request were solved before. */
const DAYS_KEPT = 2_000

export interface SolvedDay {
  plan: DayPlan
  /** Whether no plan is better; else it is the best that was found within the time limit, at worst the day as it was. */
  isProven: boolean
}

const solved = new Map<string, Promise<SolvedDay>>()

/** The cheapest plan of a day. @throws Error where the solver fails */
export function solveDay(problem: DayProblem, solver: ModelSolver): Promise<SolvedDay> {
  const key = createHash('sha256').update(JSON.stringify(problem)).digest('base64')
  const known = solved.get(key)
  if (known) return known
  const answer = planDay(problem, solver)
  solved.set(key, answer)
  // What was not proven in a busy moment may be another time.
  answer.then(({ isProven }) => isProven || solved.delete(key), () => solved.delete(key))
  const oldest = solved.keys().next().value
  if (solved.size > DAYS_KEPT && oldest !== undefined) solved.delete(oldest)
  return answer
}

async function planDay(problem: DayProblem, solver: ModelSolver): Promise<SolvedDay> {
  const narrowed = narrowDay(problem)
  const model = dayModel(narrowed.problem, narrowed.conflicts)
  const gap = problem.battery || problem.peak ? ROUGH_GAP : EXACT_GAP
  const { values, isProven } = await solver.solve(model, { gap, isPresolved: !problem.battery })
  const plan = planOf(narrowed.problem, values)
  if (isProven && plan) return { plan, isProven }
  const found = [AS_IT_WAS, narrowed.plan, ...(plan ? [plan] : [])].map((each) => ({ plan: each, cost: planObjective(problem, each) }))
  return { plan: found.toSorted((a, b) => a.cost - b.cost)[0]?.plan ?? AS_IT_WAS, isProven: false }
}
