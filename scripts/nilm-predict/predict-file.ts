import { BuildingSession } from '@/lib/nilm/building-session'
import type { SessionModel } from '@/lib/nilm/session-model'
import type { OrderedReading, PushResult } from '@/lib/nilm/session-types'
import { inputRows, type InputRow } from './input-rows'
import type { OutputTable } from './output-table'
import { RowEstimates, type RowSpan } from './row-estimates'
import { RowSorter } from './row-sorter'

/** How far out of order rows may be; one that is older than what 10,000 rows can mend stays without estimates. */
const SORTED_ROWS = 10_000
/** One push of the session: about one run of the network. */
const PUSH_ROWS = 2048
const PUSH_SECONDS = 1024

export interface PredictionSummary {
  rows: number
  estimated: number
  /** Rows of a time that an earlier row had; they get that row's estimates. */
  repeated: number
  /** Rows too far out of order to be used. */
  late: number
  /** Rows that cannot be used, by reason. */
  unusable: Map<string, number>
}

interface TimedRow {
  row: InputRow
  span: RowSpan
}

/** Streams a table through one building's session, in constant memory; every row gets one in the output, in input order. */
export class FilePrediction {
  readonly summary: PredictionSummary = { rows: 0, estimated: 0, repeated: 0, late: 0, unusable: new Map() }
  private readonly session: BuildingSession
  private readonly sorter = new RowSorter(SORTED_ROWS)
  private readonly estimates = new RowEstimates()
  /** Rows given to the session in this push, in time order; repeated ones follow the row they repeat. */
  private batch: InputRow[] = []
  private readings: OrderedReading[] = []
  private spans: RowSpan[] = []
  private waiting: TimedRow[] = []
  private newestSeconds = Number.NEGATIVE_INFINITY
  private newestSpan: RowSpan | null = null

  constructor(
    model: SessionModel,
    private readonly output: OutputTable,
  ) {
    this.session = new BuildingSession(model, (span) => this.spans.push(span))
  }

  /** @throws UsageError where the file is no table; what was written until then is complete */
  async run(file: string): Promise<PredictionSummary> {
    for await (const rows of inputRows(file)) {
      for (const row of rows) {
        this.summary.rows++
        if (row.problem) this.reject(row, row.problem)
        else await this.inTimeOrder(this.sorter.push(row))
      }
      await this.output.drain()
    }
    for (let row = this.sorter.pop(); row; row = this.sorter.pop()) await this.inTimeOrder(row)
    await this.push()
    this.take(await this.session.finish())
    this.answer(this.waiting.length)
    await this.output.drain()
    this.session.close()
    return this.summary
  }

  private async inTimeOrder(row: InputRow | null): Promise<void> {
    if (!row) return
    if (row.timestampSeconds < this.newestSeconds) {
      this.summary.late++
      this.output.add(row, null)
      return
    }
    this.batch.push(row)
    if (row.timestampSeconds === this.newestSeconds) {
      this.summary.repeated++
      return
    }
    this.newestSeconds = row.timestampSeconds
    this.readings.push({ timestampSeconds: row.timestampSeconds, powerWatts: row.powerWatts })
    const spannedSeconds = row.timestampSeconds - this.readings[0]!.timestampSeconds
    if (this.readings.length >= PUSH_ROWS || spannedSeconds >= PUSH_SECONDS) await this.push()
  }

  private async push(): Promise<void> {
    const result = await this.session.push(this.readings)
    this.readings = []
    let reading = 0
    for (const row of this.batch) {
      const span = this.spans[reading]
      if (span?.endSeconds === row.timestampSeconds) {
        this.newestSpan = span
        reading++
      }
      this.waiting.push({ row, span: this.newestSpan! })
    }
    this.batch = []
    this.spans = []
    this.take(result)
    await this.output.drain()
  }

  private take(result: PushResult): void {
    this.estimates.add(result.final)
    const uncovered = this.waiting.findIndex(({ span }) => !this.estimates.covers(span))
    this.answer(uncovered < 0 ? this.waiting.length : uncovered)
  }

  private answer(count: number): void {
    for (const { row, span } of this.waiting.slice(0, count)) {
      const estimate = this.estimates.of(span)
      if (estimate) this.summary.estimated++
      this.output.add(row, estimate)
    }
    this.waiting = this.waiting.slice(count)
  }

  private reject(row: InputRow, problem: string): void {
    this.summary.unusable.set(problem, (this.summary.unusable.get(problem) ?? 0) + 1)
    this.output.add(row, null)
  }
}
