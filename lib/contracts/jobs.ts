import { z } from 'zod'
import { placeIdSchema } from './sites'

export const WORK_STATES = ['uploaded', 'queued', 'running', 'done', 'failed', 'cancelled'] as const
export type WorkState = (typeof WORK_STATES)[number]

/** Work that goes on in the background, of whatever kind. */
export const workSchema = z.object({
  id: z.string(),
  /** import, estimate (the models run over what was imported), learning (a home's own heads), or one that came later. */
  kind: z.string(),
  /** What it is about where it has a name: an import's file. */
  name: z.string().nullable(),
  state: z.enum(WORK_STATES),
  /** 0..1 */
  progress: z.number(),
  /** What it is doing. */
  message: z.string().nullable(),
  /** Why it failed; of one that waits, why the attempt before stopped. */
  error: z.string().nullable(),
  /** How often it was begun since it last got on; after `mostAttempts` it fails. */
  attempts: z.number().int(),
  mostAttempts: z.number().int(),
  /** Somebody cancelled it, and it stops soon. */
  isStopping: z.boolean(),
  site: z.object({ id: z.string(), name: z.string() }).nullable(),
  building: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** null: the application itself, or somebody whose account is gone. */
  requestedBy: z.object({ id: z.string(), username: z.string() }).nullable(),
  /** Unix seconds. */
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
})
export type Work = z.infer<typeof workSchema>

export const workQuerySchema = z.object({
  state: z.enum(WORK_STATES).optional(),
  kind: z.string().regex(/^[\w-]{1,40}$/).optional(),
  siteId: placeIdSchema.optional(),
  /** Only jobs older than the one of this id: `next` of the page before. */
  before: z.string().regex(/^[\w-]{1,100}$/).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type WorkQuery = z.infer<typeof workQuerySchema>

/** Newest first. */
export const workPageSchema = z.object({
  data: z.array(workSchema),
  /** How many there are by state, of all that the caller may see. */
  counts: z.record(z.enum(WORK_STATES), z.number().int()),
  /** What to ask for next as `before`; null where there is nothing older. */
  next: z.string().nullable(),
})
export type WorkPage = z.infer<typeof workPageSchema>
