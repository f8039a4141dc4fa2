import { entries, type IntervalBlock, type ReadingType } from './green-button-entries'
import { FeedSurvey, UNITS, type FeedPlan } from './green-button-feed'
import type { SourceRow } from './row-reader'
import type { TableFormat } from './table-format'

const ROWS_PER_BATCH = 4096

export const isGreenButton = (head: readonly string[]) => {
  const text = head.join('\n')
  return text.trimStart().startsWith('<') && /espi|IntervalBlock|IntervalReading|UsagePoint/i.test(text)
}

/** @throws UsageError where the feed has no electricity that can be read */
export async function greenButtonFormat(file: string): Promise<TableFormat> {
  const { type, notes } = await survey(file)
  const { quantity, unit } = UNITS[type.uom]!
  return {
    format: 'green_button',
    delimiter: ',',
    columns: ['end', quantity],
    hasHeader: false,
    skipLines: 0,
    timeColumn: 'end',
    quantities: [{ column: quantity, quantity, unit }],
    timeZone: 'UTC',
    hold: 'previous',
    mains: 'yes',
    day: null,
    notes,
  }
}

/** The intervals by their end, values in Wh or W; lines count intervals. @throws UsageError */
export async function* greenButtonRows(file: string, onBytes?: (bytes: number) => void): AsyncGenerator<SourceRow[]> {
  const { type, takes } = await survey(file)
  let line = 0
  let batch: SourceRow[] = []
  for await (const entry of entries(file, onBytes)) {
    for (const block of entry.blocks) {
      const isTaken = takes({ ...block, meterReading: entry.up || entry.self })
      for (const [endSeconds, value] of intervalsOf(block, type)) {
        line++
        if (isTaken) batch.push({ line, cells: [endSeconds, value * type.factor] })
      }
    }
    if (batch.length < ROWS_PER_BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** Ends and values; readings that do not say their time follow each other from the block's start on. */
function* intervalsOf(block: IntervalBlock, { intervalSeconds }: ReadingType): Generator<[number, number]> {
  let next = block.startSeconds
  for (const { startSeconds, durationSeconds, value } of block.readings) {
    const start = Number.isNaN(startSeconds) ? next : startSeconds
    next = start + (Number.isNaN(durationSeconds) ? intervalSeconds : durationSeconds)
    yield [next, value]
  }
}

async function survey(file: string): Promise<FeedPlan> {
  const feed = new FeedSurvey(file)
  for await (const entry of entries(file)) feed.add(entry)
  return feed.plan()
}
