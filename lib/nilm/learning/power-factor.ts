import { APPLIANCE_COUNT } from '@/lib/contracts/appliances'
import type { LabelledRows } from './labelled-rows'
import type { RecordedRows } from './row-table'

/** So long before and after a run the mains tell what else was on. */
const AROUND_SECONDS = 600
const LEAST_RUNS = 3
const LIMITS = [0.5, 2] as const
/** The factor of the other runs has to bring each run's energy nearer by this. */
const LEAST_GAIN = 0.9

/**
 * By what the shared model's power of an appliance is to be multiplied in this home: the median over labelled runs of the mains'
 * step (mean while it is seen on less the mean around the run) over the estimate. 1 where runs that are left out do not agree.
 * @param logits of the appliance, for each row
 * @param sharpnessAt the sharpness that the row's estimate is published with
 */
export function powerFactorOf(
  rows: RecordedRows,
  { runs }: LabelledRows,
  appliance: number,
  logits: Float64Array,
  sharpnessAt: (row: number) => number,
): number {
  const pairs = runs.filter(({ label }) => label.isRun).flatMap(({ label, rows: own }) => {
    const around = meanMains(rows, (seconds) =>
      (seconds > label.startedAtSeconds - AROUND_SECONDS && seconds <= label.startedAtSeconds) ||
      (seconds > label.endedAtSeconds && seconds <= label.endedAtSeconds + AROUND_SECONDS))
    if (around === null) return []
    // Only where it is seen: what is missed is not made up for by more power elsewhere.
    const on = own.filter((row) => logits[row]! > 0)
    if (on.length === 0) return []
    const mean = (value: (row: number) => number) => on.reduce((sum, row) => sum + value(row), 0) / on.length
    const during = mean((row) => rows.mainsWatts[row]!)
    const estimated = mean((row) => {
      const share = 1 / (1 + Math.exp(-sharpnessAt(row) * logits[row]!))
      return share * rows.final.onPowerWatts[row * APPLIANCE_COUNT + appliance]!
    })
    return during - around > 0 && estimated > 0 ? [{ step: during - around, estimated }] : []
  })
  if (pairs.length < LEAST_RUNS) return 1
  const factor = (list: typeof pairs) =>
    Math.min(LIMITS[1], Math.max(LIMITS[0], median(list.map(({ step, estimated }) => step / estimated))))
  let [errorBefore, errorAfter] = [0, 0]
  for (const [i, { step, estimated }] of pairs.entries()) {
    errorBefore += Math.abs(estimated - step)
    errorAfter += Math.abs(estimated * factor(pairs.filter((_, other) => other !== i)) - step)
  }
  return errorAfter < LEAST_GAIN * errorBefore ? factor(pairs) : 1
}

function meanMains(rows: RecordedRows, isWanted: (seconds: number) => boolean): number | null {
  let [sum, count] = [0, 0]
  for (let row = 0; row < rows.count; row++) {
    if (!isWanted(rows.seconds[row]!)) continue
    sum += rows.mainsWatts[row]!
    count++
  }
  return count > 0 ? sum / count : null
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
