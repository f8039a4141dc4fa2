import type { PoolClient } from 'pg'
import type { SampleSource } from '@/lib/contracts/sample'
import { insertElectrical, insertMains, insertMinutes } from '@/lib/data/import-write'
import { ensurePartitions, forgetPartitions } from '@/lib/data/partitions'
import { rollUpHours } from '@/lib/data/series-write'
import { withTransaction } from '@/lib/infra/db'
import { integrateAgain } from '@/lib/services/commit-writes'
import { countBatch, type StoredCounts } from './import-counts'
import type { ImportBatch } from './import-batch'

export interface ImportTarget {
  buildingKey: number
  /** Readings after this time are late: a session in memory has seen newer ones. */
  lateAfterSeconds: number
  source: SampleSource
}

type Save = (client: PoolClient, counts: StoredCounts) => Promise<void>

/**
 * Stores a batch, and what is counted of it, in one transaction: both or neither. Minutes that late readings fall into are
 * integrated again at once.
 * @returns the counts with this batch
 */
export async function storeBatch(
  target: ImportTarget,
  batch: ImportBatch,
  counts: StoredCounts,
  save: Save,
): Promise<StoredCounts> {
  try {
    return await withTransaction(async (client) => {
      const after = await store(client, target, batch, counts)
      await save(client, after)
      return after
    })
  } catch (error) {
    forgetPartitions()
    throw error
  }
}

async function store(client: PoolClient, target: ImportTarget, batch: ImportBatch, counts: StoredCounts): Promise<StoredCounts> {
  const { buildingKey, lateAfterSeconds } = target
  const { mains, electrical, minutes } = batch
  await ensurePartitions(client, monthsOf([mains.timestampSeconds, electrical.timestampSeconds, minutes.minuteSeconds]))
  const stored = {
    mains: await insertMains(client, buildingKey, mains, lateAfterSeconds, target.source),
    electrical: await insertElectrical(client, buildingKey, electrical),
    minutes: await insertMinutes(client, buildingKey, minutes),
  }
  if (stored.minutes.rows > 0) {
    await rollUpHours(
      client,
      minutes.minuteSeconds.map((minuteSeconds) => ({ buildingKey, minuteSeconds })),
    )
  }
  const late = mains.timestampSeconds.filter((seconds, position) => {
    return seconds > lateAfterSeconds && (stored.mains.positions?.has(position) ?? stored.mains.rows > 0)
  })
  await integrateAgain(client, buildingKey, late)
  return countBatch(counts, batch, stored)
}

/** One time of each month is enough, and times are in order but for a few. */
function* monthsOf(columns: readonly (readonly number[])[]): Generator<number> {
  for (const times of columns) {
    let until = Number.NEGATIVE_INFINITY
    for (const seconds of times) {
      if (seconds < until && seconds >= until - 86_400) continue
      until = (Math.floor(seconds / 86_400) + 1) * 86_400
      yield seconds
    }
    const last = times.at(-1)
    // Minutes belong to hours, which may begin in the month before.
    if (last !== undefined) yield last
  }
}
