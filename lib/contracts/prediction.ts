import { z } from 'zod'
import { APPLIANCES } from './appliances'

export const appliancePredictionSchema = z.object({
  appliance: z.enum(APPLIANCES),
  power_watts: z.number().min(0),
  probability: z.number().min(0).max(1),
  /** What is on draws something; only while total_power is negative does the meter tell nothing of it, and power_watts is 0. */
  is_on: z.boolean(),
  confidence: z.number().min(0).max(1),
  /** False when the model for this appliance is missing or disabled; then power_watts is 0 and must be shown as unavailable. */
  available: z.boolean(),
  /** True while the estimate has not been shown to be right in enough real homes. */
  experimental: z.boolean(),
})

/**
 * The message on `nilm:{building_id}:predictions` and in `nilm:{building_id}:latest`.
 * Fields may be added, never renamed; a reader must ignore fields it does not know.
 */
export const predictionMessageSchema = z.object({
  timestamp: z.number(),
  window_start: z.number(),
  window_end: z.number(),
  total_power: z.number(),
  inference_time_ms: z.number(),
  predictions: z.array(appliancePredictionSchema).length(APPLIANCES.length),
  building_id: z.string(),
  /** total_power minus the appliances' sum; negative only while the building exports. */
  other_watts: z.number(),
  model_version: z.string(),
  /** False while the sliding window is still filling. */
  ready: z.boolean(),
  /** Whether the readings came from the built-in simulator. */
  simulated: z.boolean(),
})

export type AppliancePrediction = z.infer<typeof appliancePredictionSchema>
export type PredictionMessage = z.infer<typeof predictionMessageSchema>
