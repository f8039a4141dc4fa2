import { BuildingSession } from '@/lib/nilm/building-session'
import type { SessionModel } from '@/lib/nilm/session-model'
import type { OrderedReading, PushResult } from '@/lib/nilm/session-types'
import type { EstimateFile } from './estimate-file'
import { RowEstimates, type RowSpan } from './row-estimates'
import type { RowReadings } from './row-readings'

/** One push of the session: about one run of the network. */
const PUSH_READINGS = 2048
const PUSH_SECONDS = 1024

interface TimedRow {
  index: number
  span: RowSpan
}

/** Streams rows in time order through one building's session, in constant memory. */
export class RowEstimator {
  private readonly session: BuildingSession
  private readonly seconds = new RowEstimates()
  private batch: RowReadings[] = []
  private readings: OrderedReading[] = []
  private spans: RowSpan[] = []
  private waiting: TimedRow[] = []

  constructor(
    model: SessionModel,
    private readonly estimates: EstimateFile,
  ) {
    this.session = new BuildingSession(model, (span) => this.spans.push(span))
  }

  /** @throws UsageError where the disk is full */
  async run(rows: Iterable<RowReadings>): Promise<void> {
    try {
      for (const row of rows) {
        this.batch.push(row)
        for (const reading of row.readings) this.readings.push(reading)
        const spannedSeconds = this.readings.at(-1)!.timestampSeconds - this.readings[0]!.timestampSeconds
        if (this.readings.length >= PUSH_READINGS || spannedSeconds >= PUSH_SECONDS) await this.push()
      }
      await this.push()
      this.take(await this.session.finish())
      this.answer(this.waiting.length)
    } finally {
      this.session.close()
    }
  }

  private async push(): Promise<void> {
    const result = await this.session.push(this.readings)
    for (const [i, { row, span }] of this.batch.entries()) this.waiting.push({ index: row.index, span: span ?? this.spans[i]! })
    this.batch = []
    this.readings = []
    this.spans = []
    this.take(result)
  }

  private take(result: PushResult): void {
    this.seconds.add(result.final)
    const uncovered = this.waiting.findIndex(({ span }) => !this.seconds.covers(span))
    this.answer(uncovered < 0 ? this.waiting.length : uncovered)
  }

  private answer(count: number): void {
    for (const { index, span } of this.waiting.slice(0, count)) {
      const estimate = this.seconds.of(span)
      if (estimate) this.estimates.put(index, estimate)
    }
    this.waiting = this.waiting.slice(count)
  }
}
