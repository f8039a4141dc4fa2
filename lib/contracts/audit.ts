import { z } from 'zod'

/** One change that somebody made. */
export const auditEntrySchema = z.object({
  id: z.string(),
  /** Unix seconds. */
  at: z.number(),
  /** null: the application itself, or somebody who was not logged in. */
  actorId: z.string().nullable(),
  /** As the actor was called then. */
  actorName: z.string().nullable(),
  /** What was done: site.update. */
  action: z.string(),
  /** The id of what was changed. */
  target: z.string().nullable(),
  /** The thing as it was and as it is since, without secrets; null where there was, or is, none. */
  before: z.unknown(),
  after: z.unknown(),
  requestId: z.string().nullable(),
  /** Where the request came from. */
  ip: z.string().nullable(),
})
export type AuditEntryView = z.infer<typeof auditEntrySchema>

export const auditQuerySchema = z.object({
  /** Only entries older than the one of this id: `next` of the page before. */
  before: z.string().regex(/^\d{1,18}$/).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type AuditQuery = z.infer<typeof auditQuerySchema>

/** Newest first. */
export const auditPageSchema = z.object({
  data: z.array(auditEntrySchema),
  /** What to ask for next as `before`; null where there is nothing older. */
  next: z.string().nullable(),
})
export type AuditPage = z.infer<typeof auditPageSchema>
