import { z } from 'zod'
import { APPLIANCES } from './appliances'
import { HEAD_STATUSES, headMetricsSchema } from './home-learning'

const applianceSchema = z.enum(APPLIANCES)

export const knownModelVersionSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  version: z.string(),
  /** Unix seconds: when a worker first ran it. */
  firstRunAt: z.number(),
  /** Whether it is the one in the model folder. */
  isCurrent: z.boolean(),
  /** Buildings whose newest estimates are its. */
  buildings: z.number().int(),
  /** Homes' own heads that were fitted to it, and how many of them are in effect. */
  heads: z.number().int(),
  activeHeads: z.number().int(),
})
export type KnownModelVersion = z.infer<typeof knownModelVersionSchema>

export const modelFactsSchema = z.object({
  name: z.string(),
  version: z.string(),
  windowSeconds: z.number(),
  /** How far back the fast network sees, and the slow one. */
  receptiveFieldSeconds: z.number(),
  slowReceptiveFieldSeconds: z.number(),
  /** How much later the final estimate comes. */
  lookaheadSeconds: z.number(),
  channels: z.number().int(),
  layers: z.number().int(),
  files: z.array(z.object({ name: z.string(), bytes: z.number(), sha256: z.string() })),
})

export const accuracySchema = z.object({
  appliance: applianceSchema,
  /** Whether accuracy is known from real homes; null: the manifest does not know the appliance. */
  status: z.enum(['measured', 'experimental']).nullable(),
  /** Measured on homes the model was not trained on, pooled; none where too few runs were measured. */
  measured: z.array(
    z.object({
      /** fine: meters of 6 to 8 s; coarse: of 30 to 64 s. */
      meter: z.string(),
      homes: z.number().int(),
      hours: z.number(),
      runs: z.number().int(),
      maeWatts: z.number(),
      /** Of a model that always says off. */
      offMaeWatts: z.number().nullable(),
      f1: z.number(),
    }),
  ),
})
export type Accuracy = z.infer<typeof accuracySchema>

export const registeredHeadSchema = z.object({
  id: z.string(),
  appliance: applianceSchema,
  modelVersion: z.string(),
  status: z.enum(HEAD_STATUSES),
  metrics: headMetricsSchema,
  site: z.object({ id: z.string(), name: z.string() }).nullable(),
  building: z.object({ id: z.string(), name: z.string() }),
  /** Unix seconds. */
  createdAt: z.number(),
  statusAt: z.number(),
})
export type RegisteredHead = z.infer<typeof registeredHeadSchema>

export const modelRegistrySchema = z.object({
  /** The model in the model folder; null where there is none that this version can run. */
  model: modelFactsSchema.nullable(),
  /** Why there is none. */
  problem: z.string().nullable(),
  versions: z.array(knownModelVersionSchema),
  accuracy: z.array(accuracySchema),
  /** The version whose accuracy it is; null where the model comes without a report. */
  accuracyOf: z.string().nullable(),
  /** Newest first. */
  heads: z.array(registeredHeadSchema),
})
export type ModelRegistry = z.infer<typeof modelRegistrySchema>
