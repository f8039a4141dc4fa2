import { randomUUID } from 'node:crypto'
import type { CurrentUser } from '@/lib/contracts/current-user'
import type { NewBuilding, Site, SiteInput } from '@/lib/contracts/sites'
import { createSite, deleteBuilding, deleteSite, updateSite, type BuildingClaim } from '@/lib/data/site-write'
import { createLogger } from '@/lib/infra/logger'
import { getSiteOf } from './describe-sites'
import { sharedLiveStore } from './shared-live-store'

/** A building id that somebody else's meter sends under. */
export interface BuildingTaken {
  taken: string
}

/** Only who sees every site knows of buildings that are nobody's yet. */
const claimOptions = (user: CurrentUser) => ({ mayAdopt: user.siteScope === 'all' })

const claims = (buildings: readonly NewBuilding[]): BuildingClaim[] =>
  buildings.map(({ id, name }) => ({ id: id ?? `building_${randomUUID()}`, name }))

/** Makes a site that belongs to the user. */
export async function createSiteFor(user: CurrentUser, { buildings, ...fields }: SiteInput): Promise<Site | BuildingTaken> {
  const id = `site_${randomUUID()}`
  const refused = await createSite({ id, ...fields }, user.id, claims(buildings), claimOptions(user))
  if (refused) return refused
  const site = await getSiteOf(user, id)
  if (!site) throw new Error(`Site ${id} is gone as soon as it was made`)
  return site
}

/**
 * Changes one of the user's sites. Buildings that are new are added and the others renamed; none is removed.
 * @returns the site before and after
 */
export async function updateSiteOf(
  user: CurrentUser,
  siteId: string,
  { buildings, ...fields }: SiteInput,
): Promise<{ before: Site; after: Site } | BuildingTaken | 'no such site'> {
  const before = await getSiteOf(user, siteId)
  if (!before) return 'no such site'
  const refused = await updateSite(siteId, fields, claims(buildings), claimOptions(user))
  if (refused) return refused
  const after = await getSiteOf(user, siteId)
  return after ? { before, after } : 'no such site'
}

/** Removes one of the user's sites and everything measured there. @returns the site as it was */
export async function deleteSiteOf(user: CurrentUser, siteId: string): Promise<Site | 'no such site'> {
  const before = await getSiteOf(user, siteId)
  if (!before || !(await deleteSite(siteId))) return 'no such site'
  await forgetLive(before.buildings.map(({ id }) => id))
  return before
}

/** Removes one building of one of the user's sites and everything measured there. @returns the site before and after */
export async function deleteBuildingOf(
  user: CurrentUser,
  siteId: string,
  buildingId: string,
): Promise<{ before: Site; after: Site } | 'no such site' | 'no such building'> {
  const before = await getSiteOf(user, siteId)
  if (!before) return 'no such site'
  if (!(await deleteBuilding(siteId, buildingId))) return 'no such building'
  await forgetLive([buildingId])
  const after = await getSiteOf(user, siteId)
  return after ? { before, after } : 'no such site'
}

/** What is live is not to greet whoever uses the id next. A store that is away must not hold a removal up. */
async function forgetLive(buildingIds: readonly string[]): Promise<void> {
  try {
    for (const id of buildingIds) await sharedLiveStore().forget(id)
  } catch (err) {
    createLogger('sites').warn({ err }, 'the live data of a removed building could not be cleared')
  }
}
