/** Fewer labels than these say nothing about runs that were held back. */
const LEAST_LABELS = 4
const LEAST_RUNS = 3

/**
 * How many more labels of an appliance are needed before a home's own head can be fitted and checked; 0 = enough. Only "not a ..."
 * labels will do, but with one or two runs nothing can be held back.
 */
export function labelsNeeded({ runs, notRuns }: { runs: number; notRuns: number }): number {
  const missing = LEAST_LABELS - runs - notRuns
  return Math.max(0, missing, runs > 0 ? LEAST_RUNS - runs : 0)
}
