import { APPLIANCE_COUNT } from '@/lib/contracts/appliances'
import type { RowEstimate } from './row-estimates'
import type { ScratchFile } from '@/lib/ingest/scratch-file'

/** A record: its kind, which appliances are on (one bit each), then watts and probabilities, or the index of another record. */
const KIND_AT = 0
const IS_ON_AT = 4
const VALUES_AT = 8
const RECORD_BYTES = VALUES_AT + 2 * APPLIANCE_COUNT * Float32Array.BYTES_PER_ELEMENT
/** Rows without a record read as zeros. */
const KINDS = { none: 0, estimate: 1, sameAs: 2 } as const
const BUFFERED_RECORDS = 4096

/** Estimates by row, on disk: they come in time order and are wanted in the order of the input. 96 bytes a row. */
export class EstimateFile {
  private readonly pending = Buffer.alloc(BUFFERED_RECORDS * RECORD_BYTES)
  private pendingFrom = 0
  private pendingCount = 0
  private readonly block = Buffer.alloc(BUFFERED_RECORDS * RECORD_BYTES)
  private blockFrom = -1
  private readonly single = Buffer.alloc(RECORD_BYTES)
  private singleIndex = -1

  constructor(private readonly scratch: ScratchFile) {}

  /** @throws UsageError where the disk is full */
  put(index: number, { watts, probabilities, isOn }: RowEstimate): void {
    const at = this.place(index)
    this.pending.writeUInt32LE(KINDS.estimate, at + KIND_AT)
    this.pending.writeUInt32LE(isOn.reduce((bits, on, i) => (on ? bits | (1 << i) : bits), 0), at + IS_ON_AT)
    for (let i = 0; i < APPLIANCE_COUNT; i++) {
      this.pending.writeFloatLE(watts[i]!, at + VALUES_AT + 8 * i)
      this.pending.writeFloatLE(probabilities[i]!, at + VALUES_AT + 8 * i + 4)
    }
  }

  /** The row has the same estimates as another one. @throws UsageError where the disk is full */
  putSameAs(index: number, otherIndex: number): void {
    const at = this.place(index)
    this.pending.writeUInt32LE(KINDS.sameAs, at + KIND_AT)
    this.pending.writeDoubleLE(otherIndex, at + VALUES_AT)
  }

  /** A row's estimates, null where there are none. Fast for rows in order; nothing may be put any more. */
  at(index: number): RowEstimate | null {
    this.flush()
    const from = index - (index % BUFFERED_RECORDS)
    if (from !== this.blockFrom) {
      this.scratch.read(this.block, from * RECORD_BYTES)
      this.blockFrom = from
    }
    const at = (index - from) * RECORD_BYTES
    if (this.block.readUInt32LE(at + KIND_AT) !== KINDS.sameAs) return decode(this.block, at)
    const other = this.block.readDoubleLE(at + VALUES_AT)
    if (other !== this.singleIndex) {
      this.scratch.read(this.single, other * RECORD_BYTES)
      this.singleIndex = other
    }
    return decode(this.single, 0)
  }

  /** Where in `pending` the row's record goes; records that follow each other are written together. */
  private place(index: number): number {
    if (index !== this.pendingFrom + this.pendingCount || this.pendingCount === BUFFERED_RECORDS) {
      this.flush()
      this.pendingFrom = index
    }
    return this.pendingCount++ * RECORD_BYTES
  }

  private flush(): void {
    if (this.pendingCount === 0) return
    this.scratch.write(this.pending.subarray(0, this.pendingCount * RECORD_BYTES), this.pendingFrom * RECORD_BYTES)
    this.pendingCount = 0
  }
}

function decode(record: Buffer, at: number): RowEstimate | null {
  if (record.readUInt32LE(at + KIND_AT) !== KINDS.estimate) return null
  const bits = record.readUInt32LE(at + IS_ON_AT)
  const estimate: RowEstimate = { watts: [], probabilities: [], isOn: [] }
  for (let i = 0; i < APPLIANCE_COUNT; i++) {
    estimate.watts.push(record.readFloatLE(at + VALUES_AT + 8 * i))
    estimate.probabilities.push(record.readFloatLE(at + VALUES_AT + 8 * i + 4))
    estimate.isOn.push((bits & (1 << i)) !== 0)
  }
  return estimate
}
