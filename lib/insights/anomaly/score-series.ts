import { quantile } from '@/lib/domain/always-on'
import { DETECTOR_SETTINGS, StreamDetector } from './stream-detector'

const PROBATION = { share: 0.15, mostRows: 750 }

/** Rows at the start of a series of known length that are learnt from before any is judged. */
export function probationRowsOf(rowCount: number): number {
  return Math.min(Math.floor(PROBATION.share * rowCount), PROBATION.mostRows)
}

/** The median time between rows, leaving out repeated and backward times; null where no row is later than the one before. */
export function usualStepSeconds(seconds: readonly number[]): number | null {
  const steps = seconds.flatMap((at, row) => (row > 0 && at > seconds[row - 1]! ? [at - seconds[row - 1]!] : []))
  return steps.length === 0 ? null : quantile(steps, 0.5)
}

/** Scores of all rows, each from those before it; null where there is no value. */
export function scoreSeries(
  values: readonly (number | null)[],
  stepSeconds: number,
  settings = DETECTOR_SETTINGS,
): (number | null)[] {
  const detector = new StreamDetector(stepSeconds, probationRowsOf(values.length), settings)
  return values.map((value) => (value === null ? null : detector.push(value)))
}
