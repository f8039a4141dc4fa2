import { z } from 'zod'

/** The hash `nilm:{building_id}:status`; Redis holds every field as a string. */
export const bufferStatusSchema = z.object({
  building_id: z.string(),
  /** Seconds of the window that hold measurements, 0..window_size. */
  buffer_size: z.coerce.number(),
  window_size: z.coerce.number(),
  ready: z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')]),
  fill_percent: z.coerce.number(),
  /** Unix seconds of the newest sample, on the meter's clock. */
  last_sample_time: z.coerce.number(),
  /** Unix seconds of the newest inference, on the worker's clock. */
  last_inference_time: z.coerce.number(),
  /** Worker's clock minus the newest sample's time. */
  lag_seconds: z.coerce.number(),
  model_version: z.string(),
  /** Spacing of the meter's readings as detected. */
  meter_interval_seconds: z.coerce.number(),
  /** Counts since the worker took the building over. */
  duplicate_samples: z.coerce.number(),
  late_samples: z.coerce.number(),
  rejected_samples: z.coerce.number(),
  worker: z.string(),
})

export type BufferStatus = z.infer<typeof bufferStatusSchema>
