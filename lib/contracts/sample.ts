import { z } from 'zod'

/**
 * The message on `nilm:{building_id}:input`. Only `timestamp` and `power_total` are required.
 * Unknown fields are ignored, so a newer meter can talk to an older worker.
 */
export const inputMessageSchema = z.object({
  timestamp: z.number(),
  power_total: z.number(),
  voltage: z.number().nullish(),
  current: z.number().nullish(),
  power_factor: z.number().nullish(),
  reactive_power: z.number().nullish(),
  frequency: z.number().nullish(),
  thd: z.number().nullish(),
})

export type InputMessage = z.infer<typeof inputMessageSchema>

/** Where a sample entered; stored beside the measurement. */
export const SAMPLE_SOURCES = ['pubsub', 'http', 'mqtt', 'replay', 'simulation', 'import'] as const
export type SampleSource = (typeof SAMPLE_SOURCES)[number]

/** One reading of a building's main meter: the single shape every way in is normalised to. */
export interface Sample {
  buildingId: string
  /** Unix seconds, fractions allowed. The reading covers the time since the previous one. */
  timestampSeconds: number
  /** Active power; negative while the building exports. */
  powerWatts: number
  voltageVolts?: number
  currentAmps?: number
  powerFactor?: number
  reactivePowerVar?: number
  frequencyHertz?: number
  thdPercent?: number
  source: SampleSource
}
