import { z } from 'zod'

export const partHealthSchema = z.object({
  state: z.enum(['ok', 'degraded', 'down']),
  /** What is the matter and what to do; absent while all is well. */
  detail: z.string().optional(),
})

export const healthReportSchema = z.object({
  status: partHealthSchema.shape.state,
  /** Unix seconds. */
  timestamp: z.number(),
  parts: z.object({
    app: partHealthSchema.extend({ uptimeSeconds: z.number() }),
    database: partHealthSchema,
    liveStore: partHealthSchema.extend({ kind: z.string().optional() }),
    model: partHealthSchema.extend({ version: z.string().optional() }),
    worker: partHealthSchema.extend({ liveWorkers: z.number().optional(), unacknowledgedSamples: z.number().optional() }),
  }),
})
