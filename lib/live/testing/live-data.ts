import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { APPLIANCES } from '@/lib/contracts/appliances'
import type { BufferStatus } from '@/lib/contracts/buffer-status'
import type { WindowPoint } from '@/lib/contracts/live-events'
import type { PredictionMessage } from '@/lib/contracts/prediction'
import type { Sample } from '@/lib/contracts/sample'
import type { LiveStore, StreamEntry } from '@/lib/live/live-store'
import { shardOf } from '@/lib/live/shard'

export const START_SECONDS = 1_790_000_000

/** Far more than the application's default, so that every building of a test gets a shard that no other test has touched. */
export const TEST_SHARD_COUNT = 1_024
/** The shards of the test files that run workers. */
const WORKER_SHARDS = 16
const takenShards = new Set(Array.from({ length: WORKER_SHARDS }, (_, shard) => shard))

/** Removes what another file of these tests left in the database they share: it knows nothing of the shards taken here. */
export async function removeLeftSamples(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  await client.query('DELETE FROM live_sample WHERE shard >= $1', [WORKER_SHARDS])
  await client.end()
}

export function freshBuilding(): string {
  for (;;) {
    const id = `b-${randomBytes(6).toString('hex')}`
    const shard = shardOf(id, TEST_SHARD_COUNT)
    if (takenShards.has(shard)) continue
    takenShards.add(shard)
    return id
  }
}

export const shardsOf = (...ids: string[]) => [...new Set(ids.map((id) => shardOf(id, TEST_SHARD_COUNT)))]

export const sampleOf = (buildingId: string, second: number): Sample => ({
  buildingId,
  timestampSeconds: START_SECONDS + second,
  powerWatts: 100 + second,
  source: 'pubsub',
})

export const samplesOf = (buildingId: string, count: number, from = 0): Sample[] =>
  Array.from({ length: count }, (_, index) => sampleOf(buildingId, from + index))

export const secondsOf = (entries: readonly StreamEntry[]) => entries.map(({ sample }) => sample.timestampSeconds - START_SECONDS)

/** Reads until nothing comes any more. */
export async function readAll(store: LiveStore, shards: number[], consumer: string, acknowledge = false): Promise<StreamEntry[]> {
  const all: StreamEntry[] = []
  for (;;) {
    const entries = await store.read(shards, consumer, { count: 1_000, blockMilliseconds: 0 })
    if (entries.length === 0) return all
    if (acknowledge) await store.acknowledge(entries)
    all.push(...entries)
  }
}

export function predictionOf(buildingId: string, second: number): PredictionMessage {
  const timestamp = START_SECONDS + second
  return {
    timestamp,
    window_start: timestamp - 1536,
    window_end: timestamp,
    total_power: 3450.5,
    inference_time_ms: 45.2,
    predictions: APPLIANCES.map((appliance, index) => ({
      appliance,
      power_watts: index * 10.5,
      probability: 0.92,
      is_on: index % 2 === 0,
      confidence: 0.84,
      available: true,
      experimental: index > 5,
    })),
    building_id: buildingId,
    other_watts: -12.25,
    model_version: '1.0.0',
    ready: true,
    simulated: false,
  }
}

export const statusOf = (buildingId: string): BufferStatus => ({
  building_id: buildingId,
  buffer_size: 768,
  window_size: 1536,
  ready: false,
  fill_percent: 50,
  last_sample_time: START_SECONDS + 0.5,
  last_inference_time: START_SECONDS + 1,
  lag_seconds: 0.5,
  model_version: '1.0.0',
  meter_interval_seconds: 1,
  duplicate_samples: 1,
  late_samples: 2,
  rejected_samples: 3,
  worker: 'worker-1',
})

export const pointOf = (second: number, totalWatts = 100): WindowPoint => [
  START_SECONDS + second,
  totalWatts,
  ...APPLIANCES.map((_, index) => index),
  -1.5,
]

export const updateOf = (buildingId: string, second: number) => ({
  message: predictionOf(buildingId, second),
  status: statusOf(buildingId),
  points: [pointOf(second)],
})
