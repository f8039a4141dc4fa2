import type { CurrentUser } from '@/lib/contracts/current-user'
import { TRAINABLE_MODELS, type SiteModels, type TrainingJob, type TrainRequest } from '@/lib/contracts/training'
import { findHeads, type HeadRow } from '@/lib/data/home-heads'
import { requestJob } from '@/lib/data/learning-jobs'
import { findSiteOf, type SiteRow } from '@/lib/data/sites'
import { buildingOfTraining, findTrainingJobs, type TrainingJobRow } from '@/lib/data/training-jobs'
import { changeHeadOf } from './home-learning'

const JOBS_SHOWN = 20

/**
 * Lets a site's model be fitted anew in the background; one that waits or runs already is answered as it is. Where there is
 * nothing to learn from, the job is soon done and says so.
 * @returns null where the user has no such site or the site no such building
 */
export async function startTrainingOf(user: CurrentUser, { siteId, buildingId }: TrainRequest): Promise<TrainingJob | null> {
  const site = await findSiteOf(user, siteId)
  const building = site?.buildings.find(({ id }) => buildingId === undefined || id === buildingId)
  if (!site || !building) return null
  const { id } = await requestJob(building.key, user.id)
  return getTrainingOf(user, id)
}

/** State and result of a job; null = none that the user may see. */
export async function getTrainingOf(user: CurrentUser, jobId: string): Promise<TrainingJob | null> {
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
  const [jobs, heads] = await Promise.all([findTrainingJobs(keys, JOBS_SHOWN), findHeads(keys)])
  return {
    success: true,
    siteId,
    trainable: [...TRAINABLE_MODELS],
    jobs: jobs.map((job) => toJob(job, site, heads)),
    versions: heads.map(({ id, buildingKey, appliance, modelVersion, status, metrics, createdAt, statusAt }) => ({
      id,
      model: 'appliances' as const,
      buildingId: idOf(site, buildingKey),
      appliance,
      baseVersion: modelVersion,
      status,
      metrics,
      createdAt,
      statusAt,
    })),
  }
}

/** Takes a version back or lets it take effect again. @returns whether the user has such a one in such a state */
export async function changeVersionOf(
  user: CurrentUser,
  siteId: string,
  versionId: string,
  action: 'roll-back' | 'activate',
): Promise<boolean> {
  return changeHeadOf(user, siteId, versionId, action)
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
