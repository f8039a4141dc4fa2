import type { PoolClient } from 'pg'
import { insertMainsElectrical } from '@/lib/data/electrical-write'
import { storeHeadChange } from '@/lib/data/home-heads'
import { fence } from '@/lib/data/leases'
import { ensurePartitions, forgetPartitions } from '@/lib/data/partitions'
import { readRaw } from '@/lib/data/raw-read'
import {
  endOpenRuns,
  insertRaw,
  markLateAfter,
  minutesWithLateReadings,
  replaceMeterMinute,
  rollUpHours,
  upsertActivations,
  upsertCheckpoints,
  upsertMinutes,
  type MinuteKey,
} from '@/lib/data/series-write'
import { integrateMinute } from '@/lib/domain/energy'
import { withTransaction } from '@/lib/infra/db'
import type { OrderedReading } from '@/lib/nilm/session-types'
import type { BuildingWrites } from './pending-writes'

/** The longest time one reading can cover: two and a half intervals of the slowest meter. */
const LONGEST_SPAN_SECONDS = 150
/** Readings around a minute that matter to it, and tell the meter's interval. */
const MINUTE_CONTEXT_SECONDS = 2 * LONGEST_SPAN_SECONDS

export interface CommitFence {
  owner: string
}

/**
 * Stores a batch in one transaction: readings, minutes, hours, runs and checkpoints, or none of it. Repeating it changes
 * nothing, so a commit whose answer was lost may be tried again.
 *
 * @param commitFence null where no other process can write these buildings (an import that holds them by itself)
 * @returns the writes whose lease was lost to another worker; nothing of them was stored
 */
export async function commitWrites(
  batch: readonly BuildingWrites[],
  modelVersionId: number,
  commitFence: CommitFence | null,
): Promise<Set<BuildingWrites>> {
  try {
    return await withTransaction(async (client) => {
      const lost = commitFence ? await findLost(client, batch, commitFence.owner) : new Set<BuildingWrites>()
      await store(
        client,
        batch.filter((writes) => !lost.has(writes)),
        modelVersionId,
      )
      return lost
    })
  } catch (error) {
    forgetPartitions()
    throw error
  }
}

async function findLost(client: PoolClient, batch: readonly BuildingWrites[], owner: string): Promise<Set<BuildingWrites>> {
  const held = await fence(client, owner, new Map(batch.map((writes) => [writes.leaseName, writes.leaseEpoch])))
  return new Set(batch.filter((writes) => !held.has(writes.leaseName)))
}

async function store(client: PoolClient, batch: readonly BuildingWrites[], modelVersionId: number): Promise<void> {
  await ensurePartitions(client, timesOf(batch))
  // Before the new readings come in: those of the new clock are not late.
  for (const writes of batch) {
    if (writes.clockSetBackTo !== null) await markLateAfter(client, writes.buildingKey, writes.clockSetBackTo)
    if (writes.runsEndedAt !== null) await endOpenRuns(client, writes.buildingKey, writes.runsEndedAt)
    for (const change of writes.headChanges) await storeHeadChange(client, writes.buildingKey, change)
  }
  const lateReadings = await insertRaw(
    client,
    batch.flatMap((writes) => writes.raw),
  )
  await insertMainsElectrical(client, batch.flatMap((writes) => writes.raw))
  const minuteRows = batch.flatMap((writes) =>
    [...writes.minutes.values()].map((minute) => ({ buildingKey: writes.buildingKey, modelVersionId, minute })),
  )
  await upsertMinutes(client, minuteRows)

  const touchedByLate = lateReadings.flatMap(({ buildingKey, timestampSeconds }) => minutesAround(buildingKey, timestampSeconds))
  const candidates = [
    ...minuteRows.map((row) => ({ buildingKey: row.buildingKey, minuteSeconds: row.minute.minuteSeconds })),
    ...touchedByLate,
  ]
  const recomputed = await minutesWithLateReadings(client, candidates)
  for (const key of recomputed) await recomputeMinute(client, key)

  await upsertActivations(
    client,
    batch.flatMap((writes) =>
      [...writes.activations.values()].map((activation) => ({ buildingKey: writes.buildingKey, modelVersionId, activation })),
    ),
  )
  const checkpoints = batch.flatMap((writes) =>
    writes.checkpoint ? [{ buildingKey: writes.buildingKey, checkpoint: writes.checkpoint }] : [],
  )
  await upsertCheckpoints(client, checkpoints)
  // Hours follow at each checkpoint; until then the period they belong to is read from the minutes.
  const due = batch
    .filter((writes) => writes.checkpoint !== null)
    .flatMap((writes) => [...writes.changedMinutes].map((minuteSeconds) => ({ buildingKey: writes.buildingKey, minuteSeconds })))
  await rollUpHours(client, [...due, ...touchedByLate])
}

/** The reading covers time before it, and shortens what the next one covers. */
function minutesAround(buildingKey: number, timestampSeconds: number): MinuteKey[] {
  const first = Math.floor((timestampSeconds - LONGEST_SPAN_SECONDS) / 60) * 60
  return Array.from({ length: 6 }, (_, index) => ({ buildingKey, minuteSeconds: first + index * 60 }))
}

/** Integrates the minutes around readings (Unix seconds) again that were stored late, and their hours. */
export async function integrateAgain(client: PoolClient, buildingKey: number, timesSeconds: readonly number[]): Promise<void> {
  const around = new Map(
    timesSeconds.flatMap((seconds) => minutesAround(buildingKey, seconds)).map((key) => [key.minuteSeconds, key]),
  )
  if (around.size === 0) return
  await ensurePartitions(client, around.keys())
  for (const key of await minutesWithLateReadings(client, [...around.values()])) await recomputeMinute(client, key)
  await rollUpHours(client, [...around.values()])
}

async function recomputeMinute(client: PoolClient, key: MinuteKey): Promise<void> {
  const readings = await readRaw(
    client,
    key.buildingKey,
    key.minuteSeconds - MINUTE_CONTEXT_SECONDS,
    key.minuteSeconds + 60 + MINUTE_CONTEXT_SECONDS,
    { inOrderOnly: false },
  )
  const meter = integrateMinute(readings, medianSpacing(readings), key.minuteSeconds)
  if (meter.coveredSeconds > 0) await replaceMeterMinute(client, key, meter)
}

/** The meter's interval as the readings themselves show it, whatever the session of the moment knows. */
function medianSpacing(readings: readonly OrderedReading[]): number {
  const spacings = readings.slice(1).map((reading, index) => reading.timestampSeconds - (readings[index]?.timestampSeconds ?? 0))
  return spacings.sort((a, b) => a - b)[Math.floor(spacings.length / 2)] ?? 1
}

function* timesOf(batch: readonly BuildingWrites[]): Iterable<number> {
  for (const writes of batch) {
    for (const row of writes.raw) yield row.sample.timestampSeconds
    yield* writes.minutes.keys()
    for (const minute of writes.minutes.keys()) yield Math.floor(minute / 3600) * 3600
    for (const activation of writes.activations.values()) yield activation.startedAtSeconds
  }
}
