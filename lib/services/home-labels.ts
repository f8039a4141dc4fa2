import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { CurrentUser } from '@/lib/contracts/current-user'
import type { NewRunLabel, RunLabel, SiteRun, SiteRuns } from '@/lib/contracts/home-learning'
import type { PredictionMessage } from '@/lib/contracts/prediction'
import { findRecentActivations } from '@/lib/data/activations'
import { deleteRunLabel, findRunLabels, saveRunLabel, type RunLabelRow } from '@/lib/data/run-labels'
import { findSiteOf, type SiteRow } from '@/lib/data/sites'
import { energyCost } from '@/lib/domain/cost'
import { pausesOfRuns } from './run-pauses'
import { pricesOfRuns } from './run-prices'
import { sharedLiveStore } from './shared-live-store'

/** A stretch of the future is nobody's to label; clocks differ by a little. */
const CLOCK_TOLERANCE_SECONDS = 300
const FAR_FUTURE_SECONDS = 2 ** 40

export interface RunsAsked {
  /** Unix seconds. */
  beforeSeconds?: number
  /** Unix seconds; only what was not over by then. */
  afterSeconds?: number
  limit: number
  /** All by default. */
  appliances?: readonly Appliance[]
  /** Unix seconds. */
  nowSeconds?: number
}

/**
 * Runs of one of the user's sites that started before a time (Unix seconds), newest first, with what people said of them.
 * @returns null where the user has no such site
 */
export async function listRunsOf(
  user: CurrentUser,
  siteId: string,
  { beforeSeconds = FAR_FUTURE_SECONDS, afterSeconds, limit, appliances = APPLIANCES, nowSeconds = Date.now() / 1000 }: RunsAsked,
): Promise<SiteRuns | null> {
  const site = await findSiteOf(user, siteId)
  if (!site) return null
  const keys = site.buildings.map(({ key }) => key)
  const found = await findRecentActivations(keys, beforeSeconds, limit + 1, appliances, afterSeconds)
  const hasMore = found.length > limit
  const page = found.slice(0, limit)
  const oldest = hasMore ? page.at(-1)!.startedAt : 0
  const labelsFrom = Math.max(oldest, afterSeconds ?? 0)
  const [labels, latest, prices] = await Promise.all([
    findRunLabels(keys, labelsFrom, beforeSeconds),
    latestPredictions(site),
    pricesOfRuns(site, page, nowSeconds),
  ])
  const pauses = await pausesOfRuns(page, (key) => latest.get(key) ?? null, nowSeconds)
  const measured = measuredAppliances(latest)
  const idOf = buildingIds(site)
  const runs = page.map(({ buildingKey, appliance, startedAt, endedAt, energyWh, confidence }, index): SiteRun => {
    const label = labels.find((candidate) => {
      return (
        candidate.buildingKey === buildingKey &&
        candidate.estimatedAppliance === appliance &&
        candidate.startedAt === startedAt
      )
    })
    const price = prices[index] ?? null
    return {
      buildingId: idOf(buildingKey),
      appliance,
      startedAt,
      endedAt,
      pausedAt: pauses[index] ?? null,
      energyKwh: energyWh / 1000,
      cost: price === null ? null : energyCost(energyWh / 1000, price),
      confidence,
      isExperimental: !measured.has(appliance),
      isAdded: false,
      label: label ? toLabel(label, idOf) : null,
    }
  })
  // Also labels about runs that a new model no longer shows: what a person said does not vanish.
  const shown = new Set(runs.map((run) => run.label?.id))
  const alone = labels.filter((label) => !shown.has(label.id) && label.startedAt >= oldest && label.startedAt < beforeSeconds)
  const added = alone.flatMap((label): SiteRun[] => {
    const appliance = label.trueAppliance ?? label.estimatedAppliance
    if (!appliance || !appliances.includes(appliance)) return []
    const { startedAt, endedAt } = label
    const unknown = { energyKwh: null, cost: null, confidence: null }
    const isExperimental = !measured.has(appliance)
    const said = { isExperimental, isAdded: true, label: toLabel(label, idOf) }
    return [{ buildingId: idOf(label.buildingKey), appliance, startedAt, endedAt, pausedAt: null, ...unknown, ...said }]
  })
  return { runs: [...runs, ...added].sort((a, b) => b.startedAt - a.startedAt), hasMore }
}

/** The newest prediction of each building that ever had one, by its key. */
async function latestPredictions(site: SiteRow): Promise<Map<number, PredictionMessage>> {
  const latest = await Promise.all(
    site.buildings.map(async ({ id, key }) => [key, await sharedLiveStore().latest(id)] as const),
  )
  return new Map(latest.flatMap(([key, prediction]) => (prediction ? [[key, prediction]] : [])))
}

/** Appliances that the models now estimating were measured on. */
function measuredAppliances(latest: ReadonlyMap<number, PredictionMessage>): Set<Appliance> {
  const predictions = [...latest.values()].flatMap((prediction) => prediction.predictions)
  return new Set(predictions.flatMap(({ appliance, experimental }) => (experimental ? [] : [appliance])))
}

/** All labels of one of the user's sites, newest run first; null = no such site. */
export async function listLabelsOf(user: CurrentUser, siteId: string): Promise<RunLabel[] | null> {
  const site = await findSiteOf(user, siteId)
  if (!site) return null
  const idOf = buildingIds(site)
  return (await findRunLabels(site.buildings.map(({ key }) => key))).map((label) => toLabel(label, idOf))
}

/** Stores what the user says of a run, in place of what was said of it before. */
export async function createLabelOf(
  user: CurrentUser,
  siteId: string,
  label: NewRunLabel,
): Promise<RunLabel | 'no such site' | 'no such building' | 'in the future'> {
  const site = await findSiteOf(user, siteId)
  if (!site) return 'no such site'
  const building = site.buildings.find(({ id }) => id === label.buildingId)
  if (!building) return 'no such building'
  if (label.endedAt > Date.now() / 1000 + CLOCK_TOLERANCE_SECONDS) return 'in the future'
  const { startedAt, endedAt, estimatedAppliance, trueAppliance } = label
  const saved = await saveRunLabel({ buildingKey: building.key, startedAt, endedAt, estimatedAppliance, trueAppliance }, user.id)
  return toLabel(saved, buildingIds(site))
}

/** Takes a label back. @returns whether the user has such a site with such a label */
export async function deleteLabelOf(user: CurrentUser, siteId: string, labelId: string): Promise<boolean> {
  const site = await findSiteOf(user, siteId)
  return site !== null && deleteRunLabel(labelId, site.buildings.map(({ key }) => key))
}

function toLabel({ buildingKey, ...label }: RunLabelRow, idOf: (key: number) => string): RunLabel {
  return { ...label, buildingId: idOf(buildingKey) }
}

export function buildingIds(site: SiteRow): (key: number) => string {
  const ids = new Map(site.buildings.map(({ key, id }) => [key, id]))
  return (key) => ids.get(key) ?? ''
}
