import { quantile } from '@/lib/domain/always-on'

/** Runs whose logarithms lie further apart than this are of different programmes. */
const PROGRAMME_GAP = 0.25
const LEAST_BASELINE_RUNS = 8
const LEAST_RUNS = 2
const RECENT_WEEKS = 8

/**
 * What a run takes week by week with the choice of programmes taken out: each run against the programme of the first weeks that it is
 * nearest to, the week's median of those ratios, times the median run of the first weeks.
 * @param weeks what each run of a week took, above 0
 * @returns null for weeks with fewer than two runs; all null where the first weeks have fewer than eight runs
 */
export function withoutProgrammes(weeks: readonly (readonly number[])[], baselineWeeks: number): (number | null)[] {
  const first = weeks.filter((runs) => runs.length >= LEAST_RUNS).slice(0, baselineWeeks).flat()
  if (first.length < LEAST_BASELINE_RUNS) return weeks.map(() => null)
  const usual = quantile(first, 0.5)
  const programmes = programmesOf(first.map(Math.log))
  const changes: number[] = []
  return weeks.map((runs) => {
    if (runs.length < LEAST_RUNS) return null
    // Programmes are looked for where they were of late, or one that grew would be taken for the next.
    const shift = changes.length > 0 ? quantile(changes.slice(-RECENT_WEEKS), 0.5) : 0
    const change = quantile(runs.map((run) => Math.log(run) - nearest(Math.log(run) - shift, programmes)), 0.5)
    changes.push(change)
    return usual * Math.exp(change)
  })
}

/** Centres of groups of values between which there is a gap. */
function programmesOf(values: readonly number[]): number[] {
  const groups: number[][] = []
  for (const value of values.toSorted((a, b) => a - b)) {
    const group = groups.at(-1)
    if (group && value - (group.at(-1) ?? value) <= PROGRAMME_GAP) group.push(value)
    else groups.push([value])
  }
  return groups.map((group) => quantile(group, 0.5))
}

const nearest = (value: number, programmes: readonly number[]) =>
  programmes.reduce((best, programme) => (Math.abs(value - programme) < Math.abs(value - best) ? programme : best))
