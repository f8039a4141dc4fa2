import type { ScratchFile } from './scratch-file'

/** Rows sorted in memory at a time, of three fields: 6 MB. */
const CHUNK_NUMBERS = 3 << 18
/** Rows that all runs together hold in memory while they are merged, and the least one run does. */
const MERGE_ROWS = 1 << 18
const LEAST_RUN_ROWS = 64
const BATCH_ROWS = 4096

interface Run {
  firstRow: number
  rows: number
  lastKey: number
}

/** Rows laid end to end, `fields` numbers each. */
export interface RowBlock {
  numbers: Float64Array
  rows: number
}

/**
 * Puts any number of rows of numbers into order of their first one, in whatever order they come: sorted runs on disk, merged.
 * Memory does not grow with the rows; disk use is 8 bytes a number. Rows alike in the first number are ordered by the last one,
 * which a caller makes grow from row to row.
 */
export class NumberSpool {
  private readonly chunk: Float64Array<ArrayBuffer>
  private readonly rowsInMemory: number
  private chunkRows = 0
  private readonly runs: Run[] = []
  private writtenRows = 0

  /** @param rowsInMemory how many are sorted at a time */
  constructor(
    private readonly scratch: ScratchFile,
    private readonly fields: number,
    rowsInMemory?: number,
  ) {
    this.rowsInMemory = rowsInMemory ?? Math.floor(CHUNK_NUMBERS / fields)
    this.chunk = new Float64Array(this.rowsInMemory * fields)
  }

  get rows(): number {
    return this.writtenRows + this.chunkRows
  }

  /** @throws UsageError where the disk is full */
  add(row: ArrayLike<number>): void {
    this.chunk.set(row, this.chunkRows++ * this.fields)
    if (this.chunkRows === this.rowsInMemory) this.flush()
  }

  /**
   * Every row in order, in blocks that are used again for the next one; can be asked for again. Nothing may be added
   * any more.
   */
  *inOrder(): Generator<RowBlock, void, undefined> {
    this.flush()
    const [only] = this.runs
    if (!only) return
    if (this.runs.length === 1) yield* this.readRun(only)
    else yield* this.merge()
  }

  private *readRun({ rows }: Run): Generator<RowBlock, void, undefined> {
    const numbers = new Float64Array(Math.min(rows, BATCH_ROWS) * this.fields)
    const rowBytes = this.fields * Float64Array.BYTES_PER_ELEMENT
    for (let from = 0; from < rows; from += BATCH_ROWS) {
      const count = Math.min(BATCH_ROWS, rows - from)
      this.scratch.read(new Uint8Array(numbers.buffer, 0, count * rowBytes), from * rowBytes)
      yield { numbers, rows: count }
    }
  }

  private *merge(): Generator<RowBlock, void, undefined> {
    const { fields } = this
    const bufferRows = Math.max(LEAST_RUN_ROWS, Math.floor(MERGE_ROWS / this.runs.length))
    const heap = new RunHeap(this.runs.map((run) => new RunReader(this.scratch, run, fields, bufferRows)))
    const numbers = new Float64Array(BATCH_ROWS * fields)
    let rows = 0
    while (heap.takeInto(numbers, rows * fields)) {
      if (++rows < BATCH_ROWS) continue
      yield { numbers, rows }
      rows = 0
    }
    if (rows > 0) yield { numbers, rows }
  }

  private flush(): void {
    if (this.chunkRows === 0) return
    const rows = this.sortedChunk()
    const { fields, chunkRows } = this
    const firstKey = rows[0]!
    const lastKey = rows[(chunkRows - 1) * fields]!
    const newest = this.runs.at(-1)
    if (newest && newest.lastKey <= firstKey) {
      newest.rows += chunkRows
      newest.lastKey = lastKey
    } else this.runs.push({ firstRow: this.writtenRows, rows: chunkRows, lastKey })
    const rowBytes = fields * Float64Array.BYTES_PER_ELEMENT
    this.scratch.write(new Uint8Array(rows.buffer, 0, chunkRows * rowBytes), this.writtenRows * rowBytes)
    this.writtenRows += chunkRows
    this.chunkRows = 0
  }

  private sortedChunk(): Float64Array<ArrayBuffer> {
    const { chunk, chunkRows, fields } = this
    let sorted = true
    for (let row = 1; row < chunkRows && sorted; row++) sorted = chunk[row * fields]! >= chunk[(row - 1) * fields]!
    if (sorted) return chunk
    const order = Uint32Array.from({ length: chunkRows }, (_, row) => row)
    // The sort is stable, so rows alike keep their order.
    order.sort((a, b) => chunk[a * fields]! - chunk[b * fields]! || a - b)
    const rows = new Float64Array(chunkRows * fields)
    for (const [to, from] of order.entries()) rows.set(chunk.subarray(from * fields, (from + 1) * fields), to * fields)
    return rows
  }
}

/** Reads one sorted run through a small buffer. */
class RunReader {
  /** Of the row that is next; NaN at the end. */
  key = Number.NaN
  tie = Number.NaN
  private readonly buffer: Float64Array
  private readonly bytes: Uint8Array
  private buffered = 0
  private at = -1
  private nextRow: number
  private readonly endRow: number

  constructor(
    private readonly scratch: ScratchFile,
    { firstRow, rows }: Run,
    private readonly fields: number,
    bufferRows: number,
  ) {
    this.nextRow = firstRow
    this.endRow = firstRow + rows
    this.buffer = new Float64Array(Math.min(bufferRows, rows) * fields)
    this.bytes = new Uint8Array(this.buffer.buffer)
    this.advance()
  }

  get hasRow(): boolean {
    return this.at < this.buffered
  }

  copyInto(target: Float64Array, at: number): void {
    const from = this.at * this.fields
    for (let i = 0; i < this.fields; i++) target[at + i] = this.buffer[from + i]!
  }

  advance(): void {
    if (++this.at >= this.buffered) this.refill()
    if (!this.hasRow) return
    this.key = this.buffer[this.at * this.fields]!
    this.tie = this.buffer[(this.at + 1) * this.fields - 1]!
  }

  private refill(): void {
    const rowBytes = this.fields * Float64Array.BYTES_PER_ELEMENT
    this.at = 0
    this.buffered = Math.min(this.buffer.length / this.fields, this.endRow - this.nextRow)
    if (this.buffered > 0) this.scratch.read(this.bytes.subarray(0, this.buffered * rowBytes), this.nextRow * rowBytes)
    this.nextRow += this.buffered
  }
}

/** Merges sorted runs: a heap whose top has the first row. */
class RunHeap {
  private readonly readers: RunReader[]

  constructor(readers: readonly RunReader[]) {
    this.readers = readers.filter((reader) => reader.hasRow)
    for (let at = (this.readers.length >> 1) - 1; at >= 0; at--) this.sink(at)
  }

  /** @returns false where there is no row left */
  takeInto(target: Float64Array, at: number): boolean {
    const top = this.readers[0]
    if (!top) return false
    top.copyInto(target, at)
    top.advance()
    if (!top.hasRow) {
      const last = this.readers.pop()!
      if (last !== top) this.readers[0] = last
    }
    this.sink(0)
    return true
  }

  private sink(from: number): void {
    const { readers } = this
    const moving = readers[from]
    if (!moving) return
    let at = from
    for (;;) {
      let child = 2 * at + 1
      if (child >= readers.length) break
      if (child + 1 < readers.length && isBefore(readers[child + 1]!, readers[child]!)) child++
      if (!isBefore(readers[child]!, moving)) break
      readers[at] = readers[child]!
      at = child
    }
    readers[at] = moving
  }
}

const isBefore = (a: RunReader, b: RunReader) => a.key < b.key || (a.key === b.key && a.tie < b.tie)
