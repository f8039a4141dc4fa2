import { z } from 'zod'
import { APPLIANCES } from './appliances'
import { placeIdSchema } from './sites'

const unixSeconds = z.number().int().min(0)
const applianceSchema = z.enum(APPLIANCES)

/** What comes and goes all day hides everything else in a list of runs. */
export const NOT_CYCLING = APPLIANCES.filter((appliance) => appliance !== 'Refrigerator' && appliance !== 'Freezer')

export const LONGEST_RUN_SECONDS = 24 * 3600

/** What a person says about a stretch of time. */
export const newRunLabelSchema = z
  .object({
    buildingId: placeIdSchema,
    startedAt: unixSeconds,
    endedAt: unixSeconds,
    /** What was shown; null where nothing was and the run is added. */
    estimatedAppliance: applianceSchema.nullable(),
    /** What it was; null where it only was not what was shown. */
    trueAppliance: applianceSchema.nullable(),
  })
  .refine((label) => label.estimatedAppliance !== null || label.trueAppliance !== null, {
    path: ['trueAppliance'],
    message: 'Say what was shown, or what it was.',
  })
  .refine((label) => label.endedAt > label.startedAt && label.endedAt - label.startedAt <= LONGEST_RUN_SECONDS, {
    path: ['endedAt'],
    message: 'A run ends after it starts, and within a day.',
  })
export type NewRunLabel = z.infer<typeof newRunLabelSchema>

export const runLabelSchema = z.object({
  id: z.string(),
  buildingId: z.string(),
  startedAt: unixSeconds,
  endedAt: unixSeconds,
  estimatedAppliance: applianceSchema.nullable(),
  trueAppliance: applianceSchema.nullable(),
  createdAt: unixSeconds,
})
export type RunLabel = z.infer<typeof runLabelSchema>

/** A run as it was estimated, or one that a person added. */
export const siteRunSchema = z.object({
  buildingId: z.string(),
  /** What is shown; for an added run what the person said. */
  appliance: applianceSchema,
  startedAt: unixSeconds,
  /** null while it goes on. */
  endedAt: unixSeconds.nullable(),
  /** Of one that goes on: since when its appliance has been off, to within a minute. It may come on again and go on. */
  pausedAt: unixSeconds.nullable(),
  /** null for an added run: its share of the meter is not known. */
  energyKwh: z.number().nullable(),
  cost: z.number().nullable(),
  confidence: z.number().nullable(),
  /** Whether the model's accuracy for the appliance is not known from homes; true too while no estimate says otherwise. */
  isExperimental: z.boolean(),
  isAdded: z.boolean(),
  label: runLabelSchema.nullable(),
})
export type SiteRun = z.infer<typeof siteRunSchema>

export const siteRunsSchema = z.object({
  runs: z.array(siteRunSchema),
  /** Whether there are older ones: ask again with `before` = the last one's start. */
  hasMore: z.boolean(),
})
export type SiteRuns = z.infer<typeof siteRunsSchema>

/** How right one appliance is in labelled runs, on decisions made without having seen them. */
export const heldBackScoreSchema = z.object({
  /**
   * F1 over labelled runs, each weighing the same; what is newly seen in unlabelled time counts as wrong. null where there is neither
   * a run nor a false alarm.
   */
  f1: z.number().nullable(),
  /** Runs recognised: most of the run was seen as this appliance. */
  runsFound: z.number().int(),
  /** "Not a ..." runs in which it was seen all the same. */
  falseAlarms: z.number().int(),
})
export type HeldBackScore = z.infer<typeof heldBackScoreSchema>

/** Why what was learned did not take effect. */
export const REFUSALS = {
  moreMistakes: 'It makes more mistakes on runs it had not seen.',
  noGain: 'It is no better on runs it had not seen.',
  chance: 'It is not better on enough of the runs it had not seen.',
  tooOften: 'It sees the appliance at too many times that nobody spoke of.',
  losesRuns: 'It loses runs that nobody called wrong.',
} as const

export const headMetricsSchema = z.object({
  runs: z.number().int(),
  notRuns: z.number().int(),
  before: heldBackScoreSchema,
  after: heldBackScoreSchema,
  /** Share of the unlabelled time that became on, and off. */
  restTurnedOn: z.number(),
  restTurnedOff: z.number(),
  /** Why it did not take effect, one of REFUSALS; null where it did. */
  refusal: z.string().nullable(),
})
export type HeadMetrics = z.infer<typeof headMetricsSchema>

export const HEAD_STATUSES = ['active', 'replaced', 'rolled_back', 'rejected', 'retired'] as const
export type HeadStatus = (typeof HEAD_STATUSES)[number]

export const homeHeadSchema = z.object({
  id: z.string(),
  buildingId: z.string(),
  appliance: applianceSchema,
  modelVersion: z.string(),
  status: z.enum(HEAD_STATUSES),
  metrics: headMetricsSchema,
  createdAt: unixSeconds,
  statusAt: unixSeconds,
  /** First reading's time it counted for since it last took effect; null while the worker has not come to it. */
  effectiveFrom: unixSeconds.nullable(),
})
export type HomeHeadInfo = z.infer<typeof homeHeadSchema>

export const learningJobSchema = z.object({
  id: z.string(),
  buildingId: z.string(),
  status: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  /** 0..1 */
  progress: z.number(),
  error: z.string().nullable(),
  createdAt: unixSeconds,
  finishedAt: unixSeconds.nullable(),
})
export type LearningJob = z.infer<typeof learningJobSchema>

export const applianceLearningSchema = z.object({
  appliance: applianceSchema,
  /** Labelled runs, and labels that say it was not this appliance. */
  runs: z.number().int(),
  notRuns: z.number().int(),
  /** How many more labels are needed before anything can be learned; 0 = enough. */
  needed: z.number().int(),
})

export const homeLearningSchema = z.object({
  buildings: z.array(
    z.object({
      buildingId: z.string(),
      /** Only appliances that have labels or heads. */
      appliances: z.array(applianceLearningSchema),
      /** Newest first; of older model versions none. */
      heads: z.array(homeHeadSchema),
      job: learningJobSchema.nullable(),
    }),
  ),
})
export type HomeLearning = z.infer<typeof homeLearningSchema>
