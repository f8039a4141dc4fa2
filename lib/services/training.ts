import type { CurrentUser } from '@/lib/contracts/current-user'
import {
  anomalyMetricsSchema, forecastMetricsSchema, TRAINABLE_MODELS, type SiteModels, type SiteModelVersion, type TrainingJob, type TrainRequest,
} from '@/lib/contracts/training'
import { askForLook } from '@/lib/data/anomalies'
import { findJob, listJobs, requestRefit, type BackgroundJob } from '@/lib/data/background-jobs'
import { findHeads, type HeadRow } from '@/lib/data/home-heads'
import { requestJob } from '@/lib/data/learning-jobs'
import { restForecastSeries } from '@/lib/data/site-forecasts'
import { activateSiteModel, findSiteModels, type SiteModelRow, takeBackSiteModel } from '@/lib/data/site-models'
import { findSiteOf, findSiteOfBuilding, type SiteRow } from '@/lib/data/sites'
import { buildingOfTraining, findTrainingJobs, type TrainingJobRow } from '@/lib/data/training-jobs'
import { FORECAST_FORMAT, readChoiceName } from './forecast-choices'
import { changeHeadOf } from './home-learning'
import type { AnomalyOutcome } from './refit-anomalies'
import type { ForecastOutcome } from './refit-forecast'
import { ANOMALY_FORMAT } from './watch-anomalies'

const JOBS_SHOWN = 20
const MODEL_FORMATS = { forecast: FORECAST_FORMAT, anomalies: ANOMALY_FORMAT }
/** What a person chose is left alone for so long before the daily look may replace it. */
const CHOSEN_HOLDS_SECONDS = 6 * 86_400

/**
 * Lets a site's model be fitted anew in the background; one that waits or runs already is answered as it is. Where there is
 * nothing to learn from, the job is soon done and says so.
 * @returns null where the user has no such site or the site no such building
 */
export async function startTrainingOf(user: CurrentUser, { siteId, buildingId, model }: TrainRequest): Promise<TrainingJob | null> {
  const site = await findSiteOf(user, siteId)
  const building = site?.buildings.find(({ id }) => buildingId === undefined || id === buildingId)
  if (!site || !building) return null
  if (model === 'appliances') return getTrainingOf(user, (await requestJob(building.key, user.id)).id)
  // A forecast is of the whole site: whoever asks for it asks for the same job.
  const key = model === 'forecast' ? site.buildings[0]!.key : building.key
  return getTrainingOf(user, await requestRefit(model, key, user.id))
}

/** State and result of a job; null = none that the user may see. */
export async function getTrainingOf(user: CurrentUser, jobId: string): Promise<TrainingJob | null> {
  const refit = await findJob(jobId)
  if (refit) {
    const of = isRefit(refit) ? await findSiteOfBuilding(refit.buildingKey) : null
    const site = of && (await findSiteOf(user, of.id))
    return site && toRefit(refit, site, await findSiteModels(site.id, MODEL_FORMATS))
  }
  const of = await buildingOfTraining(jobId)
  const site = of?.siteId ? await findSiteOf(user, of.siteId) : null
  if (!site) return null
  const keys = site.buildings.map(({ key }) => key)
  const [jobs, heads] = await Promise.all([findTrainingJobs(keys, 1, jobId), findHeads(keys)])
  return jobs[0] ? toJob(jobs[0], site, heads) : null
}

/** What can be trained at one of the user's sites, what was, and the versions that came of it; null = no such site. */
export async function getModelsOf(user: CurrentUser, siteId: string): Promise<SiteModels | null> {
  const site = await findSiteOf(user, siteId)
  if (!site) return null
  const keys = site.buildings.map(({ key }) => key)
  const [learning, forecasts, anomalies, heads, models] = await Promise.all([
    findTrainingJobs(keys, JOBS_SHOWN),
    listJobs({ kind: 'forecast', buildingKeys: keys, limit: JOBS_SHOWN }),
    listJobs({ kind: 'anomalies', buildingKeys: keys, limit: JOBS_SHOWN }),
    findHeads(keys),
    findSiteModels(siteId, MODEL_FORMATS),
  ])
  const jobs = [...learning.map((job) => toJob(job, site, heads)), ...[...forecasts, ...anomalies].map((job) => toRefit(job, site, models))]
  const versions: SiteModelVersion[] = [
    ...heads.map(({ id, buildingKey, appliance, modelVersion, status, metrics, createdAt, statusAt }) => {
      const of = { model: 'appliances' as const, buildingId: idOf(site, buildingKey), appliance, baseVersion: modelVersion }
      return { id, ...of, status, metrics, createdAt, statusAt }
    }),
    ...models.map(toVersion),
  ]
  return {
    success: true,
    siteId,
    trainable: [...TRAINABLE_MODELS],
    jobs: jobs.toSorted((a, b) => b.createdAt - a.createdAt).slice(0, JOBS_SHOWN),
    versions: versions.toSorted((a, b) => b.createdAt - a.createdAt),
  }
}

/** What became of a wish to change which version counts. */
export type VersionChange = 'changed' | 'no such version' | 'nothing before it'

/** Takes a version back, so that the one before counts, or lets it take effect again. */
export async function changeVersionOf(
  user: CurrentUser,
  siteId: string,
  versionId: string,
  action: 'roll-back' | 'activate',
): Promise<VersionChange> {
  if (await changeHeadOf(user, siteId, versionId, action)) return 'changed'
  const site = await findSiteOf(user, siteId)
  if (!site) return 'no such version'
  const options = { needsAnother: (model: SiteModelRow['model']) => model === 'forecast' }
  const changed =
    action === 'activate'
      ? await activateSiteModel(versionId, site.id).then((chosen) => chosen && { ...chosen, isTakenBack: true })
      : await takeBackSiteModel(versionId, site.id, options)
  if (!changed) return 'no such version'
  if (!changed.isTakenBack) return 'nothing before it'
  if (changed.model === 'anomalies') await askForLook(site.id)
  else await restForecastSeries(site.id, changed.part, Date.now() / 1000 + CHOSEN_HOLDS_SECONDS)
  return 'changed'
}

const idOf = (site: SiteRow, key: number) => site.buildings.find((building) => building.key === key)?.id ?? ''

function toJob({ buildingKey, outcomes, id, ...job }: TrainingJobRow, site: SiteRow, heads: readonly HeadRow[]): TrainingJob {
  return {
    success: true,
    jobId: id,
    siteId: site.id,
    buildingId: idOf(site, buildingKey),
    model: 'appliances',
    ...job,
    results: outcomes.map(({ appliance, needed, headId, refusal }) => ({
      appliance,
      promoted: headId !== null && refusal === null,
      reason: needed > 0 && refusal === null ? `${needed} more labels are needed.` : refusal,
      labelsNeeded: needed,
      versionId: headId,
      metrics: heads.find((head) => head.id === headId)?.metrics ?? null,
    })),
  }
}

const isRefit = ({ kind }: BackgroundJob) => kind === 'forecast' || kind === 'anomalies'

function toRefit(job: BackgroundJob, site: SiteRow, models: readonly SiteModelRow[]): TrainingJob {
  const fields = {
    success: true as const,
    jobId: job.id,
    siteId: site.id,
    // Of files alone somebody is asked something first.
    status: job.status === 'uploaded' ? ('queued' as const) : job.status,
    progress: job.progress,
    error: job.error,
    createdAt: Math.floor(job.createdAt),
    finishedAt: job.finishedAt && Math.floor(job.finishedAt),
  }
  const resultOf = ({ versionId, refusal }: AnomalyOutcome) => {
    return { promoted: versionId !== null && refusal === null, reason: refusal, versionId }
  }
  const metricsOf = (versionId: string | null) => models.find(({ id }) => id === versionId)?.metrics ?? null
  if (job.kind === 'anomalies') {
    const buildingId = idOf(site, job.buildingKey)
    const results = ((job.result ?? []) as AnomalyOutcome[]).map((outcome) => ({
      buildingId,
      ...resultOf(outcome),
      metrics: anomalyMetricsSchema.nullable().parse(metricsOf(outcome.versionId)),
    }))
    return { ...fields, model: 'anomalies', buildingId, results }
  }
  const results = ((job.result ?? []) as ForecastOutcome[]).map((outcome) => ({
    ...partOf(outcome.part),
    ...resultOf(outcome),
    metrics: forecastMetricsSchema.nullable().parse(metricsOf(outcome.versionId)),
  }))
  return { ...fields, model: 'forecast', results }
}

function toVersion({ id, model, part, status, metrics, fittedUntil, createdAt, statusAt }: SiteModelRow): SiteModelVersion {
  const fields = { id, status, fittedUntil, createdAt, statusAt }
  if (model === 'anomalies') return { ...fields, model, buildingId: part, metrics: anomalyMetricsSchema.parse(metrics) }
  return { ...fields, model, ...partOf(part), metrics: forecastMetricsSchema.parse(metrics) }
}

function partOf(name: string) {
  const { of, horizon } = readChoiceName(name)
  return { series: of, horizon }
}
