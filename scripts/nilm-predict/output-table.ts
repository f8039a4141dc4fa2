import { open, type FileHandle } from 'node:fs/promises'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { UsageError } from '@/lib/infra/usage-error'
import { quoteCell } from '@/lib/ingest/csv-dialect'
import { lessHundredths } from './decimal-rest'
import type { InputRow } from './input-rows'
import type { RowEstimate } from './row-estimates'

const COLUMNS = [
  'timestamp',
  'power_total',
  ...APPLIANCES.flatMap((appliance) => [`${appliance}_watts`, `${appliance}_probability`, `${appliance}_is_on`]),
  'other_watts',
]
/** Three cells for each appliance, and other_watts. */
const EMPTY_CELLS = ','.repeat(COLUMNS.length - 2)
const WRITE_CHARACTERS = 1 << 17

/** What a cell that could not be read is repeated with at most. */
const UNREADABLE_CHARACTERS = 200

/** Writes rows with their estimates; only whole lines reach the file. */
export class OutputTable {
  private buffered = `${COLUMNS.join(',')}\n`
  private writtenBytes = 0

  private constructor(
    private readonly file: string,
    private readonly handle: FileHandle,
    private readonly available: readonly boolean[],
  ) {}

  /** @param available whether there is a model, in contract order; cells of the others stay empty @throws UsageError */
  static async create(file: string, available: readonly boolean[]): Promise<OutputTable> {
    try {
      return new OutputTable(file, await open(file, 'w'), available)
    } catch (error) {
      throw new UsageError(`${file} cannot be written: ${(error as Error).message}.`)
    }
  }

  add(row: InputRow, estimate: RowEstimate | null): void {
    this.buffered += formatRow(row, estimate, this.available)
  }

  /** Writes what has gathered, if it is worth it; resolves when the disk has it. */
  async drain(): Promise<void> {
    if (this.buffered.length >= WRITE_CHARACTERS) await this.write()
  }

  async close(): Promise<void> {
    try {
      await this.write()
    } finally {
      await this.handle.close().catch(() => {})
    }
  }

  private async write(): Promise<void> {
    const bytes = Buffer.from(this.buffered)
    this.buffered = ''
    try {
      for (let done = 0; done < bytes.length; ) done += (await this.handle.write(bytes, done)).bytesWritten
      this.writtenBytes += bytes.length
    } catch (error) {
      // Half a line must not stay behind.
      await this.handle.truncate(this.writtenBytes).catch(() => {})
      throw new UsageError(`${this.file} cannot be written any further: ${(error as Error).message}.`)
    }
  }
}

function formatRow(row: InputRow, estimate: RowEstimate | null, available: readonly boolean[]): string {
  const powerText = row.problem === null && Number(row.powerText) !== row.powerWatts ? String(row.powerWatts) : row.powerText
  let line = `${outputCell(row.timestampText)},${outputCell(powerText)}`
  if (!estimate) return `${line}${EMPTY_CELLS}\n`
  const limitWatts = Math.max(row.powerWatts, 0)
  const sumWatts = estimate.watts.reduce((sum, watts) => sum + watts, 0)
  const scale = sumWatts > limitWatts ? limitWatts / sumWatts : 1
  let shownHundredths = 0
  for (let i = 0; i < APPLIANCES.length; i++) {
    if (!available[i]) {
      line += ',,,'
      continue
    }
    // Rounded down, so that the printed numbers do not exceed the printed total either.
    const hundredths = Math.floor(estimate.watts[i]! * scale * 100)
    shownHundredths += hundredths
    line += `,${hundredths / 100},${Math.round(estimate.probabilities[i]! * 1e4) / 1e4},${estimate.isOn[i] ? 1 : 0}`
  }
  return `${line},${lessHundredths(powerText, shownHundredths)}\n`
}

/** The text of an input cell, on one line and of bounded length. */
function outputCell(text: string): string {
  const plain = text.length > UNREADABLE_CHARACTERS ? `${text.slice(0, UNREADABLE_CHARACTERS)}...` : text
  // oxlint-disable-next-line no-control-regex
  return quoteCell(plain.replace(/[\0-\x1f\x7f]+/g, ' '))
}
