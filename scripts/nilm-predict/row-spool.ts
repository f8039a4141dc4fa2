import { NumberSpool } from '@/lib/ingest/number-spool'
import type { ScratchFile } from '@/lib/ingest/scratch-file'

/** A usable row, as far as estimating needs it. */
export interface SpooledRow {
  timestampSeconds: number
  powerWatts: number
  /** Position in the input, from 0. */
  index: number
}

const FIELDS = 3

/** Puts any number of rows into time order; rows of the same time stay in the order they came in. */
export class RowSpool {
  private readonly spool: NumberSpool
  private readonly row = new Float64Array(FIELDS)

  /** @param rowsInMemory how many are sorted at a time */
  constructor(scratch: ScratchFile, rowsInMemory?: number) {
    this.spool = new NumberSpool(scratch, FIELDS, rowsInMemory)
  }

  get rows(): number {
    return this.spool.rows
  }

  /** @throws UsageError where the disk is full */
  add({ timestampSeconds, powerWatts, index }: SpooledRow): void {
    this.row[0] = timestampSeconds
    this.row[1] = powerWatts
    this.row[2] = index
    this.spool.add(this.row)
  }

  /** Every row, oldest first; can be asked for again. Nothing may be added any more. */
  *inTimeOrder(): Generator<SpooledRow, void, undefined> {
    for (const { numbers, rows } of this.spool.inOrder()) {
      for (let at = 0; at < rows * FIELDS; at += FIELDS) {
        yield { timestampSeconds: numbers[at]!, powerWatts: numbers[at + 1]!, index: numbers[at + 2]! }
      }
    }
  }
}
