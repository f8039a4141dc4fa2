import { ScratchFile } from './scratch-file'

/** A usable row, as far as estimating needs it. */
export interface SpooledRow {
  timestampSeconds: number
  powerWatts: number
  /** Position in the input, from 0. */
  index: number
}

const FIELDS = 3
const ROW_BYTES = FIELDS * Float64Array.BYTES_PER_ELEMENT
/** Rows sorted in memory at a time: 6 MB. */
const CHUNK_ROWS = 1 << 18
/** Rows that all runs together hold in memory while they are merged, and the least one run does. */
const MERGE_ROWS = 1 << 18
const LEAST_RUN_ROWS = 64

interface Run {
  firstRow: number
  rows: number
  lastSeconds: number
}

/**
 * Puts any number of rows into time order, in whatever order they come: sorted runs on disk, merged. Memory does not grow with
 * the rows; disk use is 24 bytes a row. Rows of the same time stay in the order they came in.
 */
export class RowSpool {
  private readonly chunk: Float64Array<ArrayBuffer>
  private chunkRows = 0
  private readonly runs: Run[] = []
  private writtenRows = 0

  /** @param rowsInMemory how many are sorted at a time */
  constructor(
    private readonly scratch: ScratchFile,
    private readonly rowsInMemory = CHUNK_ROWS,
  ) {
    this.chunk = new Float64Array(rowsInMemory * FIELDS)
  }

  get rows(): number {
    return this.writtenRows + this.chunkRows
  }

  /** @throws UsageError where the disk is full */
  add({ timestampSeconds, powerWatts, index }: SpooledRow): void {
    const at = this.chunkRows++ * FIELDS
    this.chunk[at] = timestampSeconds
    this.chunk[at + 1] = powerWatts
    this.chunk[at + 2] = index
    if (this.chunkRows === this.rowsInMemory) this.flush()
  }

  /** Every row, oldest first; can be asked for again. Nothing may be added any more. */
  *inTimeOrder(): Generator<SpooledRow, void, undefined> {
    this.flush()
    const bufferRows = Math.max(LEAST_RUN_ROWS, Math.floor(MERGE_ROWS / Math.max(1, this.runs.length)))
    const heap = new RunHeap(this.runs.map((run) => new RunReader(this.scratch, run, bufferRows)))
    for (let row = heap.next(); row; row = heap.next()) yield row
  }

  private flush(): void {
    if (this.chunkRows === 0) return
    const rows = this.sortedChunk()
    const firstSeconds = rows[0]!
    const lastSeconds = rows[(this.chunkRows - 1) * FIELDS]!
    const newest = this.runs.at(-1)
    if (newest && newest.lastSeconds <= firstSeconds) {
      newest.rows += this.chunkRows
      newest.lastSeconds = lastSeconds
    } else this.runs.push({ firstRow: this.writtenRows, rows: this.chunkRows, lastSeconds })
    this.scratch.write(new Uint8Array(rows.buffer, 0, this.chunkRows * ROW_BYTES), this.writtenRows * ROW_BYTES)
    this.writtenRows += this.chunkRows
    this.chunkRows = 0
  }

  private sortedChunk(): Float64Array<ArrayBuffer> {
    const { chunk, chunkRows } = this
    let sorted = true
    for (let row = 1; row < chunkRows && sorted; row++) sorted = chunk[row * FIELDS]! >= chunk[(row - 1) * FIELDS]!
    if (sorted) return chunk
    const order = Uint32Array.from({ length: chunkRows }, (_, row) => row)
    // The sort is stable, so rows of the same time keep their order.
    order.sort((a, b) => chunk[a * FIELDS]! - chunk[b * FIELDS]! || a - b)
    const rows = new Float64Array(chunkRows * FIELDS)
    for (const [to, from] of order.entries()) rows.set(chunk.subarray(from * FIELDS, (from + 1) * FIELDS), to * FIELDS)
    return rows
  }
}

/** Reads one sorted run through a small buffer. */
class RunReader {
  head: SpooledRow | null = null
  private readonly buffer: Float64Array
  private readonly bytes: Uint8Array
  private buffered = 0
  private at = 0
  private nextRow: number
  private readonly endRow: number

  constructor(
    private readonly scratch: ScratchFile,
    { firstRow, rows }: Run,
    bufferRows: number,
  ) {
    this.nextRow = firstRow
    this.endRow = firstRow + rows
    this.buffer = new Float64Array(Math.min(bufferRows, rows) * FIELDS)
    this.bytes = new Uint8Array(this.buffer.buffer)
    this.advance()
  }

  advance(): void {
    if (this.at === this.buffered) this.refill()
    if (this.buffered === 0) {
      this.head = null
      return
    }
    const from = this.at++ * FIELDS
    this.head = { timestampSeconds: this.buffer[from]!, powerWatts: this.buffer[from + 1]!, index: this.buffer[from + 2]! }
  }

  private refill(): void {
    this.at = 0
    this.buffered = Math.min(this.buffer.length / FIELDS, this.endRow - this.nextRow)
    if (this.buffered > 0) this.scratch.read(this.bytes.subarray(0, this.buffered * ROW_BYTES), this.nextRow * ROW_BYTES)
    this.nextRow += this.buffered
  }
}

/** Merges sorted runs: a heap whose top has the oldest row. */
class RunHeap {
  private readonly readers: RunReader[]

  constructor(readers: readonly RunReader[]) {
    this.readers = readers.filter((reader) => reader.head)
    for (let at = (this.readers.length >> 1) - 1; at >= 0; at--) this.sink(at)
  }

  next(): SpooledRow | null {
    const top = this.readers[0]
    if (!top) return null
    const row = top.head
    top.advance()
    if (!top.head) {
      const last = this.readers.pop()!
      if (last !== top) this.readers[0] = last
    }
    this.sink(0)
    return row
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

function isBefore(a: RunReader, b: RunReader): boolean {
  const [first, second] = [a.head!, b.head!]
  return first.timestampSeconds < second.timestampSeconds ||
    (first.timestampSeconds === second.timestampSeconds && first.index < second.index)
}
