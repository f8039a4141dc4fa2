// npm run bench:optimise [-- --runs=40]: how long a day of 96 quarters of an hour takes to solve, on days nobody lived.
import { parseArgs } from 'node:util'
import { closeSharedSolver } from '@/lib/insights/optimise/highs-solver'
import { SOLVE_CASES, solveTimes } from './eval-insights/optimise'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '20' } } })

try {
  for (const kind of SOLVE_CASES) {
    const { medianMilliseconds, worstMilliseconds, inTime } = await solveTimes(kind, Number(values.runs))
    const size = `${kind.name}: median ${medianMilliseconds.toFixed(0)} ms, worst ${worstMilliseconds.toFixed(0)} ms`
    console.log(`${size}, ${inTime} of ${values.runs} days proven the best within 1 s`)
  }
} finally {
  await closeSharedSolver()
}
