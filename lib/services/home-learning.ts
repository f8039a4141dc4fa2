import { APPLIANCES } from '@/lib/contracts/appliances'
import type { CurrentUser } from '@/lib/contracts/current-user'
import type { HomeLearning } from '@/lib/contracts/home-learning'
import { activateHead, findHeads, rollBackHead } from '@/lib/data/home-heads'
import { findLastJobs, requestJob } from '@/lib/data/learning-jobs'
import { findRunLabels } from '@/lib/data/run-labels'
import { findSiteOf } from '@/lib/data/sites'
import { labelsNeeded } from '@/lib/domain/home-learning'
import { buildingIds } from './home-labels'
import { countFacts, toFacts } from './run-facts'

/** What one of the user's sites has learned and what it still needs; null = no such site. */
export async function getLearningOf(user: CurrentUser, siteId: string): Promise<HomeLearning | null> {
  const site = await findSiteOf(user, siteId)
  if (!site) return null
  const keys = site.buildings.map(({ key }) => key)
  const [labels, heads, jobs] = await Promise.all([findRunLabels(keys), findHeads(keys), findLastJobs(keys)])
  const idOf = buildingIds(site)
  return {
    buildings: site.buildings.map(({ id, key }) => {
      const facts = labels.filter((label) => label.buildingKey === key).flatMap(toFacts)
      const own = heads.filter((head) => head.buildingKey === key)
      const job = jobs.get(key)
      return {
        buildingId: id,
        appliances: APPLIANCES.flatMap((appliance) => {
          const counts = countFacts(facts.filter((fact) => fact.appliance === appliance))
          const isKnown = counts.runs + counts.notRuns > 0 || own.some((head) => head.appliance === appliance)
          return isKnown ? [{ appliance, ...counts, needed: labelsNeeded(counts) }] : []
        }),
        heads: own.map(({ buildingKey, ...head }) => ({ ...head, buildingId: idOf(buildingKey) })),
        job: job
          ? {
              id: job.id,
              buildingId: id,
              status: job.status,
              progress: job.progress,
              error: job.error,
              createdAt: job.createdAt,
              finishedAt: job.finishedAt,
            }
          : null,
      }
    }),
  }
}

/** Asks for a building's labels to be learned now. */
export async function startLearningOf(
  user: CurrentUser,
  siteId: string,
  buildingId: string,
): Promise<'started' | 'no such site' | 'too few labels'> {
  const learning = await getLearningOf(user, siteId)
  const site = await findSiteOf(user, siteId)
  const building = site?.buildings.find(({ id }) => id === buildingId)
  if (!learning || !building) return 'no such site'
  const known = learning.buildings.find((candidate) => candidate.buildingId === buildingId)
  if (!known?.appliances.some(({ runs, notRuns, needed }) => needed === 0 && runs + notRuns > 0)) return 'too few labels'
  await requestJob(building.key, user.id)
  return 'started'
}

/** Takes a head back or lets it take effect again. @returns whether the user has such a one in such a state */
export async function changeHeadOf(
  user: CurrentUser,
  siteId: string,
  headId: string,
  action: 'roll-back' | 'activate',
): Promise<boolean> {
  const site = await findSiteOf(user, siteId)
  if (!site) return false
  const keys = site.buildings.map(({ key }) => key)
  return action === 'activate' ? activateHead(headId, keys) : rollBackHead(headId, keys)
}
