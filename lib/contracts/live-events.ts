import { z } from 'zod'
import { alertEventSchema } from './alerts'
import { anomalySchema } from './anomalies'
import { APPLIANCES } from './appliances'
import { bufferStatusSchema } from './buffer-status'
import { predictionMessageSchema } from './prediction'

/**
 * One second of the sliding window: `[timestamp, totalWatts, ...11 appliance watts in contract order, otherWatts]`.
 * A tuple because 1,536 of them travel in every snapshot.
 */
export const windowPointSchema = z.array(z.number()).length(APPLIANCES.length + 3)
export type WindowPoint = z.infer<typeof windowPointSchema>

export const todaySchema = z.object({
  /** Local midnight of the site, Unix seconds. */
  startTimestamp: z.number(),
  meterEnergyKwh: z.number(),
  otherEnergyKwh: z.number(),
  /** Without the standing charge; null where part of the energy has no price, as below. */
  cost: z.number().nullable(),
  /** Share of the elapsed day that was measured, 0..1. */
  coverage: z.number(),
  appliances: z.array(
    z.object({
      appliance: z.enum(APPLIANCES),
      energyKwh: z.number(),
      cost: z.number().nullable(),
      /** Start of the run in progress, Unix seconds; null when off. */
      onSinceTimestamp: z.number().nullable(),
    }),
  ),
  /** Mean watts in bins of `binSeconds` since midnight; null values = not measured. */
  binSeconds: z.number(),
  bins: z.array(
    z.object({
      startTimestamp: z.number(),
      totalWatts: z.number().nullable(),
      applianceWatts: z.array(z.number()).nullable(),
      otherWatts: z.number().nullable(),
    }),
  ),
})
export type Today = z.infer<typeof todaySchema>

export const liveBuildingSchema = z.object({
  buildingId: z.string(),
  name: z.string(),
  simulated: z.boolean(),
  status: bufferStatusSchema.nullable(),
  latest: predictionMessageSchema.nullable(),
  window: z.array(windowPointSchema),
  today: todaySchema,
})
export type LiveBuilding = z.infer<typeof liveBuildingSchema>

export const liveSnapshotSchema = z.object({
  siteId: z.string(),
  siteName: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  /** Of the next kWh; null where the tariff has no price for this hour. */
  pricePerKwh: z.number().nullable(),
  serverTimestamp: z.number(),
  buildings: z.array(liveBuildingSchema),
})
export type LiveSnapshot = z.infer<typeof liveSnapshotSchema>

/** A main meter's newest stored reading; null = not measured. */
export const telemetrySchema = z.object({
  /** Unix seconds. */
  timestamp: z.number(),
  powerWatts: z.number(),
  voltageVolts: z.number().nullable(),
  currentAmps: z.number().nullable(),
  powerFactor: z.number().nullable(),
  reactivePowerVar: z.number().nullable(),
  frequencyHertz: z.number().nullable(),
  thdPercent: z.number().nullable(),
})
export type Telemetry = z.infer<typeof telemetrySchema>

/** Everything the gateway sends on `WS /ws/site/{site_id}`: one snapshot, then deltas. Unknown types must be ignored. */
export const liveEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), payload: liveSnapshotSchema }),
  z.object({ type: z.literal('prediction'), payload: predictionMessageSchema }),
  z.object({
    type: z.literal('telemetry_update'),
    payload: z.object({ buildingId: z.string(), status: bufferStatusSchema, telemetry: telemetrySchema.nullable().optional() }),
  }),
  z.object({ type: z.literal('today'), payload: z.object({ buildingId: z.string(), today: todaySchema }) }),
  /** What looks wrong and was not known before. */
  z.object({ type: z.literal('anomaly'), payload: anomalySchema }),
  /** When an alert begins and when it ends. */
  z.object({ type: z.literal('new_alert'), payload: alertEventSchema }),
  z.object({ type: z.literal('heartbeat'), payload: z.object({ serverTimestamp: z.number() }) }),
])
export type LiveEvent = z.infer<typeof liveEventSchema>
