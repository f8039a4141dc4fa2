import { z } from 'zod'

/** What can be set for a while; `silent` cannot, since an administrator who sets it would hide the rest. */
export const SETTABLE_LOG_LEVELS = ['error', 'warn', 'info', 'debug', 'trace'] as const
const MOST_MINUTES = 24 * 60

export const newLogLevelSchema = z.object({
  level: z.enum(SETTABLE_LOG_LEVELS),
  /** After this time every process logs as LOG_LEVEL says again. */
  minutes: z.number().int().min(1).max(MOST_MINUTES),
})
export type NewLogLevel = z.infer<typeof newLogLevelSchema>

export const logLevelSchema = z.object({
  /** Of processes for which nothing else is set: LOG_LEVEL of the process that answers. */
  usual: z.string(),
  /** What was set for all processes; null while nothing is. */
  set: z
    .object({
      level: z.string(),
      /** Unix seconds. */
      setAt: z.number(),
      endsAt: z.number(),
      /** As the person was called then. */
      setBy: z.string(),
    })
    .nullable(),
})
export type LogLevelView = z.infer<typeof logLevelSchema>
