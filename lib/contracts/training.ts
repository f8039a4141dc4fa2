import { z } from 'zod'
import { headMetricsSchema } from './home-learning'
import { APPLIANCES } from './appliances'
import { placeIdSchema } from './sites'

/** Models that are fitted to a site. appliances: the home's own heads, from what people say of past runs. */
export const TRAINABLE_MODELS = ['appliances'] as const
export type TrainableModel = (typeof TRAINABLE_MODELS)[number]

export const trainRequestSchema = z.object({
  siteId: placeIdSchema,
  model: z.enum(TRAINABLE_MODELS).default('appliances'),
  /** Of sites with several buildings one; the first where not given. */
  buildingId: placeIdSchema.optional(),
})
export type TrainRequest = z.infer<typeof trainRequestSchema>

export const TRAINING_STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const
export type TrainingState = (typeof TRAINING_STATES)[number]

export const trainStartedSchema = z.object({
  success: z.literal(true),
  jobId: z.string(),
  status: z.enum(TRAINING_STATES),
})

/** What came of one part of a model: of the heads, one appliance. */
export const trainingResultSchema = z.object({
  appliance: z.enum(APPLIANCES),
  /** Whether it took effect: only where it is better on runs it had not seen. */
  promoted: z.boolean(),
  /** Why it did not. */
  reason: z.string().nullable(),
  /** How many more labels are needed before anything can be fitted; 0 = enough. */
  labelsNeeded: z.number().int(),
  /** The version that was made; null where nothing could be fitted. */
  versionId: z.string().nullable(),
  /** Before and after, on held-back runs; null where nothing could be fitted. */
  metrics: headMetricsSchema.nullable(),
})
export type TrainingResult = z.infer<typeof trainingResultSchema>

export const trainingJobSchema = z.object({
  success: z.literal(true),
  jobId: z.string(),
  siteId: z.string(),
  buildingId: z.string(),
  model: z.enum(TRAINABLE_MODELS),
  status: z.enum(TRAINING_STATES),
  /** 0..1 */
  progress: z.number(),
  error: z.string().nullable(),
  /** Unix seconds. */
  createdAt: z.number(),
  finishedAt: z.number().nullable(),
  /** Empty while it goes on, and where there was nothing to learn from. */
  results: z.array(trainingResultSchema),
})
export type TrainingJob = z.infer<typeof trainingJobSchema>

export const modelVersionSchema = z.object({
  id: z.string(),
  model: z.enum(TRAINABLE_MODELS),
  buildingId: z.string(),
  appliance: z.enum(APPLIANCES),
  /** The shared model it belongs to. */
  baseVersion: z.string(),
  /** active: in effect. replaced: a later one took its place. rejected: it was no better. */
  status: z.enum(['active', 'replaced', 'rolled_back', 'rejected']),
  metrics: headMetricsSchema,
  createdAt: z.number(),
  /** Since when it has its status. */
  statusAt: z.number(),
})
export type SiteModelVersion = z.infer<typeof modelVersionSchema>

export const siteModelsSchema = z.object({
  success: z.literal(true),
  siteId: z.string(),
  /** What can be trained. */
  trainable: z.array(z.enum(TRAINABLE_MODELS)),
  /** Newest first. */
  jobs: z.array(trainingJobSchema),
  versions: z.array(modelVersionSchema),
})
export type SiteModels = z.infer<typeof siteModelsSchema>
