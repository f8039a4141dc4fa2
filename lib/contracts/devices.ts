import { z } from 'zod'

/** meter: a building's main meter. measured: a device with readings of its own. estimated: split out of the main meter's total. */
export const DEVICE_SOURCES = ['meter', 'measured', 'estimated'] as const

/** Averages are over the 24 hours up to the device's last reading; null = not measured. Powers in W, THD in %. */
export const deviceSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** What an import grouped it under; null for what belongs to no group. */
  cluster: z.number().int().nullable(),
  /** The device's name or state as its readings carry it; empty for a main meter. */
  device_state: z.string(),
  /** At last_seen; null where no power was measured. */
  is_on: z.boolean().nullable(),
  avg_power: z.number().nullable(),
  avg_thd: z.number().nullable(),
  power_factor: z.number().nullable(),
  /** ISO 8601, UTC. For an estimated appliance: when it last drew anything. */
  last_seen: z.string(),
  source: z.enum(DEVICE_SOURCES),
  /** At last_seen; of an estimated appliance now. */
  power: z.number().nullable(),
  /** Seen within the last 24 hours. */
  is_active: z.boolean(),
  site_id: z.string(),
  building_id: z.string(),
  /** Whether nobody measured it: its building's readings come from a simulator. */
  simulated: z.boolean(),
  /** Whether the model's accuracy for it is not known from homes; false for what is measured. */
  experimental: z.boolean(),
  /** 0..1, of an estimate; null for what is measured. */
  confidence: z.number().nullable(),
})
export type Device = z.infer<typeof deviceSchema>

/** Over the seven days up to the cluster's last reading; an estimated appliance is a row of its own without a cluster. */
export const deviceClusterSchema = z.object({
  cluster: z.number().int().nullable(),
  /** The most common device_state, made readable. */
  name: z.string(),
  device_state: z.string(),
  avg_power: z.number().nullable(),
  avg_thd: z.number().nullable(),
  power_factor: z.number().nullable(),
  /** How many different devices or states it holds. */
  devices: z.number().int(),
  /** Readings it was made of; null for an estimate. */
  readings: z.number().int().nullable(),
  last_seen: z.string(),
  source: z.enum(DEVICE_SOURCES),
  site_id: z.string(),
  building_id: z.string(),
  simulated: z.boolean(),
})
export type DeviceCluster = z.infer<typeof deviceClusterSchema>

export const metricsSummarySchema = z.object({
  /** Devices seen in the last 24 hours, main meters included. */
  total_devices: z.number().int(),
  /** W now: the main meters', and where a building has none, its measured devices'. */
  total_power: z.number(),
  /** Means over the devices that have one; null without any. Main meters count only where there is nothing else. */
  avg_power: z.number().nullable(),
  avg_power_factor: z.number().nullable(),
  avg_thd: z.number().nullable(),
  /** ISO 8601, UTC. */
  timestamp: z.string(),
  devices: z.array(deviceSchema),
})
export type MetricsSummary = z.infer<typeof metricsSummarySchema>
