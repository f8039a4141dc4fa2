import type { CurrentUser } from '@/lib/contracts/current-user'
import type { ReadingsBatch, ReadingsResult } from '@/lib/contracts/readings'
import type { Sample, SampleSource } from '@/lib/contracts/sample'
import { requestEstimate } from '@/lib/data/background-jobs'
import { readLivePosition } from '@/lib/data/history-write'
import { newestRawSeconds } from '@/lib/data/raw-read'
import { receiveReadings } from '@/lib/data/reading-receipts'
import { findSiteOf } from '@/lib/data/sites'
import { pool, withTransaction } from '@/lib/infra/db'
import { readInput } from '@/lib/ingest/parse-input'
import { sharedLiveStore } from '@/lib/services/shared-live-store'
import { BatchBuilder } from './import-batch'
import { noneStored } from './import-counts'
import { lateAfter } from './live-boundary'
import { storeBatch } from './store-batch'

/** A clock may be ahead of ours by so much. */
const AHEAD_SECONDS = 300
/** Older readings are history: a live session has no use for them. */
const LIVE_SECONDS = 86_400
const MOST_REASONS = 100

/**
 * Stores a batch of readings of one of the user's buildings; the same again changes nothing. What is newer than all before
 * goes to
 * the models like any live reading. What is older is stored at once, and the models run over it in the background.
 */
export async function storeReadingsOf(
  user: CurrentUser,
  siteId: string,
  batch: ReadingsBatch,
  nowSeconds = Date.now() / 1000,
): Promise<ReadingsResult | 'no such site' | 'no such building' | 'which building'> {
  const site = await findSiteOf(user, siteId)
  if (!site) return 'no such site'
  if (batch.building_id === undefined && site.buildings.length !== 1) return 'which building'
  const building = site.buildings.find(({ id }) => id === (batch.building_id ?? site.buildings[0]?.id))
  if (!building) return 'no such building'

  const reasons: ReadingsResult['reasons'] = []
  let rejected = 0
  const samples = batch.readings.flatMap((reading, index) => {
    const read = readInput(reading, building.id, 'http', nowSeconds)
    const isAhead = read.ok && read.sample.timestampSeconds > nowSeconds + AHEAD_SECONDS
    if (read.ok && !isAhead) return [read.sample]
    rejected++
    if (reasons.length < MOST_REASONS) reasons.push({ index, reason: read.ok ? 'timestamp is in the future.' : read.reason })
    return []
  })
  const newest = Math.max(
    (await newestRawSeconds(pool(), building.key)) ?? 0,
    (await readLivePosition(pool(), building.key))?.positionSeconds ?? 0,
  )
  const liveFrom = Math.max(newest, nowSeconds - LIVE_SECONDS)
  const isLive = ({ timestampSeconds }: Sample) => timestampSeconds > liveFrom
  const live = await storeLive(building.key, samples.filter(isLive))
  const past = await storePast(
    building.key,
    samples.filter((sample) => !isLive(sample)),
    user.id,
  )
  const stored = live + past
  return { building_id: building.id, stored, repeated: samples.length - stored, rejected, reasons }
}

/** @returns how many were new */
async function storeLive(buildingKey: number, samples: readonly Sample[]): Promise<number> {
  if (samples.length === 0) return 0
  return withTransaction(async (client) => {
    const fresh = await receiveReadings(
      client,
      buildingKey,
      samples.map(({ timestampSeconds }) => timestampSeconds),
    )
    const passedOn = samples.filter((_, position) => fresh.has(position)).sort((a, b) => a.timestampSeconds - b.timestampSeconds)
    // Before the receipt is committed: what is not passed on must count as new when it is sent again.
    if (passedOn.length > 0) await sharedLiveStore().append(passedOn)
    return passedOn.length
  })
}

/** @returns how many were new */
async function storePast(buildingKey: number, samples: readonly Sample[], userId: string): Promise<number> {
  let imported = 0
  const sources = new Set(samples.map(({ source }) => source))
  for (const source of sources)
    imported += await storePastOf(
      buildingKey,
      samples.filter((sample) => sample.source === source),
      source,
      userId,
    )
  return imported
}

async function storePastOf(
  buildingKey: number,
  samples: readonly Sample[],
  source: SampleSource,
  userId: string,
): Promise<number> {
  const ordered = [...samples].sort((a, b) => a.timestampSeconds - b.timestampSeconds)
  const distinct = ordered.filter((sample, index) => sample.timestampSeconds !== ordered[index - 1]?.timestampSeconds)
  const builder = new BatchBuilder({
    isMains: true,
    asReadings: true,
    hold: 'previous',
    isElectrical: false,
    medianSpacingSeconds: 1,
    devices: [],
    deviceName: '',
  })
  for (const { timestampSeconds, powerWatts, ...sample } of distinct) {
    const { voltageVolts: voltage, currentAmps: current, powerFactor, reactivePowerVar: reactivePower } = sample
    const values = { voltage, current, powerFactor, reactivePower, frequency: sample.frequencyHertz, thd: sample.thdPercent }
    const row = { line: 0, isRepaired: false, timestampSeconds, device: 0, watts: powerWatts, spanSeconds: null, values }
    builder.add(
      row,
      Object.values(values).some((value) => value !== undefined),
    )
  }
  const target = { buildingKey, lateAfterSeconds: await lateAfter(buildingKey, distinct.at(-1)!.timestampSeconds), source }
  const counts = await storeBatch(target, builder.take(true), noneStored(), async () => {})
  if (counts.quarters.length > 0) await requestEstimate(buildingKey, counts.quarters, userId)
  return counts.imported
}
