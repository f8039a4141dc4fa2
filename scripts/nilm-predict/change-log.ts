import { LogHistogram } from '@/lib/ingest/log-histogram'
import type { SpooledRow } from './row-spool'
import type { TableSurvey } from './table-survey'

/** Below this share of alike neighbours the times are not those of a meter that reports regularly. */
export const STEADY_SHARE = 0.4
/** While something changes every second, so do the times of a log of changes; what its rows then cover is little of the time. */
const STEADY_FOR_A_WHILE = 0.8
const COVERED_SHARE = 0.5
/** With fewer steps nothing can be told. */
const LEAST_STEPS = 100
const FEWEST = 0.01
const SMALL = 0.2
/** Of steps without a smallest one, the smallest hundredth is a twentieth of the smallest fifth. */
const EDGE = 0.2

/** Whether a table's times could be those of a log with a row for each change. */
export const mayBeChangeLog = ({ steadyShare, coveredShare }: TableSurvey) =>
  steadyShare < STEADY_SHARE || (steadyShare < STEADY_FOR_A_WHILE && coveredShare < COVERED_SHARE)

/**
 * How much the power must change for a row, of a meter that reports changes: then small steps are missing, which are the most
 * frequent ones of any other meter.
 * @param rows in time order
 * @returns watts; null where steps go down to nothing
 */
export function leastChange(rows: Iterable<SpooledRow>, { medianSpacingSeconds }: TableSurvey): number | null {
  const steps = new LogHistogram()
  let before: SpooledRow | null = null
  for (const row of rows) {
    const spacing = before ? row.timestampSeconds - before.timestampSeconds : 0
    // What comes late may be a sign of life without a change.
    if (before && spacing > 0 && spacing <= medianSpacingSeconds) steps.add(Math.abs(row.powerWatts - before.powerWatts))
    before = row
  }
  if (steps.count < LEAST_STEPS) return null
  const least = steps.quantile(FEWEST)
  return least > 0 && least >= EDGE * steps.quantile(SMALL) ? least : null
}
