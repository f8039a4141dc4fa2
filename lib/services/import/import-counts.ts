import type { ImportReport } from '@/lib/contracts/import'
import type { Stored } from '@/lib/data/import-write'
import type { ImportBatch } from './import-batch'

/** What batches stored, as a job keeps it to go on after a crash. */
export interface StoredCounts {
  batches: number
  imported: number
  repaired: number
  unchanged: number
  mains: number
  electrical: number
  minutes: number
  /** Stretches, in quarters of an hour since 1970, that got new readings: first and last of each. */
  quarters: [number, number][]
}

export const noneStored = (): StoredCounts => ({
  batches: 0,
  imported: 0,
  repaired: 0,
  unchanged: 0,
  mains: 0,
  electrical: 0,
  minutes: 0,
  quarters: [],
})

/** Stretches this close are one: the models look back for hours anyway. */
const JOINED_QUARTERS = 4
const MOST_STRETCHES = 2_000

export interface StoredBatch {
  mains: Stored & { quarters: number[] }
  electrical: Stored
  minutes: Stored
}

/** Counts one more batch. A row of which anything was new was imported; one that stores nothing by itself goes with its batch. */
export function countBatch(counts: StoredCounts, batch: ImportBatch, stored: StoredBatch): StoredCounts {
  const parts = [
    [batch.mains.row, stored.mains],
    [batch.electrical.row, stored.electrical],
    [batch.minutes.row, stored.minutes],
  ] as const
  const storedInAll = parts.reduce((sum, [, part]) => sum + part.rows, 0)
  const isNew = new Uint8Array(batch.rows).fill(storedInAll > 0 ? 1 : 0)
  // What has entries is judged by them alone.
  for (const [rows] of parts) for (const row of rows) isNew[row] = 0
  for (const [rows, { rows: count, positions }] of parts) {
    if (count === 0) continue
    for (const [position, row] of rows.entries()) if (positions === null || positions.has(position)) isNew[row] = 1
  }
  const imported = isNew.reduce((sum, flag) => sum + flag, 0)
  return {
    batches: counts.batches + 1,
    imported: counts.imported + imported,
    repaired: counts.repaired + [...batch.repairedRows].filter((row) => isNew[row] === 1).length,
    unchanged: counts.unchanged + batch.rows - imported,
    mains: counts.mains + stored.mains.rows,
    electrical: counts.electrical + stored.electrical.rows,
    minutes: counts.minutes + stored.minutes.rows,
    quarters: joinQuarters(counts.quarters, stored.mains.quarters),
  }
}

/** Adds quarters of an hour to stretches; what lies close together becomes one. */
export function joinQuarters(stretches: readonly (readonly [number, number])[], quarters: readonly number[]): [number, number][] {
  const all = [...stretches, ...quarters.map((quarter) => [quarter, quarter] as const)].sort((a, b) => a[0] - b[0])
  for (let within = JOINED_QUARTERS; ; within *= 4) {
    const joined: [number, number][] = []
    for (const [first, last] of all) {
      const before = joined.at(-1)
      if (before && first - before[1] <= within) before[1] = Math.max(before[1], last)
      else joined.push([first, last])
    }
    if (joined.length <= MOST_STRETCHES) return joined
  }
}

/** Counts by reason, the most frequent first. */
export class ReasonCounts {
  private readonly rows = new Map<string, number>()

  add(reason: string): void {
    this.rows.set(reason, (this.rows.get(reason) ?? 0) + 1)
  }

  get sum(): number {
    return [...this.rows.values()].reduce((sum, rows) => sum + rows, 0)
  }

  get list(): ImportReport['rejections'] {
    return [...this.rows].map(([reason, rows]) => ({ reason, rows })).sort((a, b) => b.rows - a.rows)
  }
}
