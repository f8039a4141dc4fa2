import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { RecordedRows } from './row-table'

/** What a person said about one appliance in one stretch of time. */
export interface RunLabel {
  id: string
  appliance: Appliance
  /** false: it was not this appliance. */
  isRun: boolean
  startedAtSeconds: number
  endedAtSeconds: number
}

/** The rows of one labelled run. */
export interface LabelledRun {
  label: RunLabel
  /** Ascending row numbers; at least one. */
  rows: number[]
}

export interface LabelledRows {
  runs: LabelledRun[]
  /** Rows that no label of the appliance speaks of; there the shared model's own answer is the target. */
  rest: number[]
}

/** Estimated starts and ends are a little off; so far around a labelled run nothing is claimed. */
const LEAST_MARGIN_SECONDS = 60
const MARGIN_INTERVALS = 2

/** Sorts the recorded rows by what is known of them about one appliance. A label without recorded rows is left out. */
export function sortRows(rows: RecordedRows, labels: readonly RunLabel[], appliance: Appliance): LabelledRows {
  const own = labels.filter((label) => label.appliance === appliance)
  const runs = own.map((label): LabelledRun => ({ label, rows: [] }))
  const rest: number[] = []
  for (let row = 0; row < rows.count; row++) {
    const seconds = rows.seconds[row]!
    const margin = Math.max(LEAST_MARGIN_SECONDS, MARGIN_INTERVALS * rows.meterIntervalSeconds[row]!)
    let isNear = false
    for (const run of runs) {
      const { startedAtSeconds, endedAtSeconds } = run.label
      if (seconds > startedAtSeconds && seconds <= endedAtSeconds) run.rows.push(row)
      isNear ||= seconds > startedAtSeconds - margin && seconds <= endedAtSeconds + margin
    }
    if (!isNear) rest.push(row)
  }
  return { runs: runs.filter((run) => run.rows.length > 0), rest }
}

export const applianceIndex = (appliance: Appliance) => APPLIANCES.indexOf(appliance)
