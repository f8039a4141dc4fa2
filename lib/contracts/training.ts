import { z } from 'zod'
import { APPLIANCES } from './appliances'
import { FORECAST_SERIES } from './forecast'
import { HEAD_STATUSES, headMetricsSchema } from './home-learning'
import { placeIdSchema } from './sites'

/**
 * Models that are fitted to a site. appliances: the home's own heads, from what people say of past runs. forecast: how the site and
 * its appliances are forecast, from its own history. anomalies: how unlike the usual something must be, from a building's own past
 * and the false alarms that people dismissed.
 */
export const TRAINABLE_MODELS = ['appliances', 'forecast', 'anomalies'] as const
export type TrainableModel = (typeof TRAINABLE_MODELS)[number]

export const trainRequestSchema = z.object({
  siteId: placeIdSchema,
  model: z.enum(TRAINABLE_MODELS).default('appliances'),
  /** Of sites with several buildings one; the first where not given. A forecast is of the whole site. */
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

/** Whether what was fitted took effect: only where it does better on what it had not seen. */
const promotion = {
  promoted: z.boolean(),
  /** Why it did not, or why nothing could be fitted. */
  reason: z.string().nullable(),
  /** The version that was made; null where nothing could be fitted. */
  versionId: z.string().nullable(),
}

/** Of the heads, what came of one appliance. */
export const trainingResultSchema = z.object({
  appliance: z.enum(APPLIANCES),
  ...promotion,
  /** How many more labels are needed before anything can be fitted; 0 = enough. */
  labelsNeeded: z.number().int(),
  /** Before and after, on held-back runs; null where nothing could be fitted. */
  metrics: headMetricsSchema.nullable(),
})
export type TrainingResult = z.infer<typeof trainingResultSchema>

/** Why a new way to forecast did not take effect. */
export const FORECAST_REFUSALS = {
  noGain: 'It is no better on the hours it had not seen.',
  band: 'Its band is further from holding 95 of 100 of the hours it had not seen.',
} as const

const forecastScoreSchema = z.object({
  /** Mean absolute error over that of repeating the day before, on the same hours; null where that makes no error. */
  mase: z.number().nullable(),
  /** Share of hours inside the 95 % band. */
  coverage: z.number(),
})

export const forecastMetricsSchema = z.object({
  /** How many hours at the end of the history neither version was fitted on; 0: too few, and what knows more takes effect. */
  hours: z.number().int(),
  /** How many forecasts were made of them. */
  forecasts: z.number().int(),
  /** What was in use, and the new one; null where nothing was, or could be compared. */
  before: forecastScoreSchema.nullable(),
  after: forecastScoreSchema.nullable(),
  /** Why it did not take effect, one of FORECAST_REFUSALS; null where it did. */
  refusal: z.string().nullable(),
})
export type ForecastMetrics = z.infer<typeof forecastMetricsSchema>

/** What is forecast, and how far: a day, or more up to a week. */
const forecastPart = {
  series: z.enum([...FORECAST_SERIES, ...APPLIANCES]),
  horizon: z.enum(['day', 'week']),
}

export const forecastTrainingResultSchema = z.object({
  ...forecastPart,
  ...promotion,
  metrics: forecastMetricsSchema.nullable(),
})

/** Why new limits of what is unusual did not take effect. */
export const ANOMALY_REFUSALS = {
  missesReal: 'It misses what was called real in the days it had not seen.',
  moreFalse: 'It raises more false alarms in the days it had not seen.',
  noGain: 'It raises no fewer false alarms in the days it had not seen.',
} as const

const anomalyScoreSchema = z.object({
  /** What it finds. */
  alarms: z.number().int(),
  /** Of these, what somebody dismissed. */
  falseAlarms: z.number().int(),
  /** Of these, what somebody acknowledged. */
  confirmed: z.number().int(),
})

export const anomalyMetricsSchema = z.object({
  /** How many days at the end of the history neither version was fitted on. */
  days: z.number().int(),
  /** What was in use, and the new one. */
  before: anomalyScoreSchema,
  after: anomalyScoreSchema,
  /** Why it did not take effect, one of ANOMALY_REFUSALS; null where it did. */
  refusal: z.string().nullable(),
})
export type AnomalyMetrics = z.infer<typeof anomalyMetricsSchema>

export const anomalyTrainingResultSchema = z.object({ buildingId: z.string(), ...promotion, metrics: anomalyMetricsSchema.nullable() })

const jobFields = {
  success: z.literal(true),
  jobId: z.string(),
  siteId: z.string(),
  status: z.enum(TRAINING_STATES),
  /** 0..1 */
  progress: z.number(),
  error: z.string().nullable(),
  /** Unix seconds. */
  createdAt: z.number(),
  finishedAt: z.number().nullable(),
}

/** `results` is empty while a job goes on, and where there was nothing to learn from. */
export const trainingJobSchema = z.discriminatedUnion('model', [
  z.object({ ...jobFields, model: z.literal('appliances'), buildingId: z.string(), results: z.array(trainingResultSchema) }),
  z.object({ ...jobFields, model: z.literal('forecast'), results: z.array(forecastTrainingResultSchema) }),
  z.object({ ...jobFields, model: z.literal('anomalies'), buildingId: z.string(), results: z.array(anomalyTrainingResultSchema) }),
])
export type TrainingJob = z.infer<typeof trainingJobSchema>

const versionFields = {
  id: z.string(),
  /**
   * active: in effect. replaced: a later one took its place. rejected: it was no better. retired: labels it rests on were
   * withdrawn.
   */
  status: z.enum(HEAD_STATUSES),
  createdAt: z.number(),
  /** Since when it has its status. */
  statusAt: z.number(),
}

export const modelVersionSchema = z.discriminatedUnion('model', [
  z.object({
    ...versionFields,
    model: z.literal('appliances'),
    buildingId: z.string(),
    appliance: z.enum(APPLIANCES),
    /** The shared model it belongs to. */
    baseVersion: z.string(),
    metrics: headMetricsSchema,
  }),
  z.object({
    ...versionFields,
    model: z.literal('forecast'),
    ...forecastPart,
    /** Unix seconds: nothing newer was used to make it. */
    fittedUntil: z.number(),
    metrics: forecastMetricsSchema,
  }),
  z.object({
    ...versionFields,
    model: z.literal('anomalies'),
    buildingId: z.string(),
    fittedUntil: z.number(),
    metrics: anomalyMetricsSchema,
  }),
])
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
