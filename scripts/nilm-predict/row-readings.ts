import type { OrderedReading } from '@/lib/nilm/session-types'
import type { RowSpan } from './row-estimates'
import type { SpooledRow } from './row-spool'

/** A power that was not reported again within this time is not known any more. */
export const LONGEST_HOLD_SECONDS = 3600

export interface RowReadings {
  row: SpooledRow
  /** What the session gets for the row. */
  readings: OrderedReading[]
  /** What the row covers; null where the session tells. */
  span: RowSpan | null
}

/** Rows of strictly increasing times, as a regular meter means them: each the power since the row before. */
export function* heldSincePrevious(rows: Iterable<SpooledRow>): Generator<RowReadings> {
  for (const row of rows) {
    const { timestampSeconds, powerWatts } = row
    yield { row, readings: [{ timestampSeconds, powerWatts }], span: null }
  }
}

/** Rows of strictly increasing times, as a log of changes means them: each the power until the next row, or for an hour. */
export function* heldUntilNext(rows: Iterable<SpooledRow>): Generator<RowReadings> {
  let held: SpooledRow | null = null
  for (const row of rows) {
    if (held) yield holding(held, row.timestampSeconds)
    held = row
  }
  if (held) yield holding(held, held.timestampSeconds + 1)
}

function holding(row: SpooledRow, nextSeconds: number): RowReadings {
  const startSeconds = row.timestampSeconds
  const endSeconds = Math.min(nextSeconds, startSeconds + LONGEST_HOLD_SECONDS)
  const readings: OrderedReading[] = []
  for (let at = startSeconds + 1; at < endSeconds; at++) readings.push({ timestampSeconds: at, powerWatts: row.powerWatts })
  readings.push({ timestampSeconds: endSeconds, powerWatts: row.powerWatts })
  return { row, readings, span: { startSeconds, endSeconds } }
}
