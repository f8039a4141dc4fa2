import { z } from 'zod'

/** The body of every error (RFC 9457, application/problem+json). */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  /** What went wrong and what to do, for a person. */
  detail: z.string(),
  /** The path asked for. */
  instance: z.string().optional(),
  requestId: z.string(),
  /** Which fields of the request were wrong. */
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
})

export type ProblemBody = z.infer<typeof problemSchema>
