import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { quoteCell, spreadsheetCell } from '@/lib/ingest/csv-dialect'
import { UsageError } from '@/lib/infra/usage-error'
import type { Cell } from './row-reader'

const WRITE_CHARACTERS = 1 << 16
const LONGEST_ROW = 2_000
/** Rows of a few bytes take many more with their reason. */
const MOST_CHARACTERS = 256 * 1024 ** 2

/** The rows that were not stored, with their lines and reasons, as CSV. The file is there only once there is such a row. */
export class RejectedFile {
  private descriptor: number | null = null
  private waiting = 'line,reason,row\n'
  private written = 0
  private isFull = false

  /** Removes what an earlier run left. */
  constructor(
    private readonly file: string,
    private readonly mostCharacters = MOST_CHARACTERS,
  ) {
    rmSync(file, { force: true })
  }

  /** @throws UsageError where it cannot be written */
  add(line: number, reason: string, cells: readonly Cell[]): void {
    if (this.isFull) return
    const row = cells
      .map((cell) => quoteCell(String(cell)))
      .join(',')
      .slice(0, LONGEST_ROW)
    this.waiting += `${line},${spreadsheetCell(reason)},${spreadsheetCell(row)}\n`
    this.isFull = this.written + this.waiting.length > this.mostCharacters
    if (this.isFull) this.waiting += `${line},more rows than are listed here,\n`
    this.descriptor ??= this.attempt(() => openSync(this.file, 'w'))
    if (this.waiting.length >= WRITE_CHARACTERS) this.flush()
  }

  close(): void {
    if (this.descriptor === null) return
    this.flush()
    closeSync(this.descriptor)
    this.descriptor = null
  }

  private flush(): void {
    const bytes = Buffer.from(this.waiting)
    this.written += this.waiting.length
    this.waiting = ''
    this.attempt(() => {
      for (let done = 0; done < bytes.length;) done += writeSync(this.descriptor!, bytes, done)
    })
  }

  private attempt<Result>(work: () => Result): Result {
    try {
      return work()
    } catch (error) {
      throw new UsageError(`The rejected rows cannot be written to ${this.file}: ${(error as Error).message}.`)
    }
  }
}
