import { z } from 'zod'
import { APPLIANCE_COUNT } from '@/lib/contracts/appliances'
import type { SessionCheckpoint } from './session-types'
import { OUTPUT_CHANNELS } from './stream-network'

const perAppliance = z.array(z.number()).length(APPLIANCE_COUNT)
const gate = z.object({ isOn: z.boolean(), heldSeconds: z.number(), duty: z.number(), isDoubted: z.boolean() })
const gates = z.array(gate.nullable()).length(APPLIANCE_COUNT)
const sums = z.object({
  seconds: z.number(),
  energyWh: perAppliance,
  onSeconds: perAppliance,
  confidence: perAppliance,
  onConfidence: perAppliance,
})

/** What a checkpoint's `state` holds: everything but the network's memory, which the readings before it bring back. */
export const checkpointStateSchema = z.object({
  resampler: z.object({
    previous: z.object({ timestampSeconds: z.number(), powerWatts: z.number() }).nullable(),
    spacings: z.array(z.number()),
    cursorSeconds: z.number(),
    openSecond: z.object({ wattSeconds: z.number(), coveredSeconds: z.number(), heldWatts: z.number() }),
  }),
  window: z.object({ length: z.number().int().min(0), bits: z.string() }),
  gates: z.object({ provisional: gates, final: gates }),
  pending: z.object({
    firstSeconds: z.number(),
    count: z.number().int().min(0),
    totals: z.string(),
    covered: z.string(),
  }),
  settling: z.object({
    seconds: z.number().int().min(0),
    length: z.number().int().min(1),
    meter: z.enum(['fine', 'coarse']).nullable(),
    sums: z.array(z.number()).length(OUTPUT_CHANNELS),
  }),
  newestIntervalSeconds: z.number().positive(),
  minutes: z.array(
    z.object({
      minuteSeconds: z.number(),
      meter: z.object({ energyWh: z.number(), coveredSeconds: z.number(), minWatts: z.number(), maxWatts: z.number() }),
      provisional: sums,
      settled: sums,
    }),
  ),
  runs: z
    .array(
      z
        .object({
          startedAtSeconds: z.number(),
          lastOnSeconds: z.number(),
          onSeconds: z.number(),
          energyWh: z.number(),
          peakWatts: z.number(),
          confidenceSum: z.number(),
        })
        .nullable(),
    )
    .length(APPLIANCE_COUNT),
})

export type CheckpointState = z.infer<typeof checkpointStateSchema>

/** @throws Error where the checkpoint is not one this version wrote; open the building with its recent readings instead */
export function readCheckpoint(checkpoint: SessionCheckpoint): CheckpointState {
  const result = checkpointStateSchema.safeParse(checkpoint.state)
  if (checkpoint.format !== 3 || !result.success) {
    throw new Error('The checkpoint cannot be read by this version; open the building from its recent readings instead.')
  }
  return result.data
}
