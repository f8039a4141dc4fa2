import type { CurrentUser } from '@/lib/contracts/current-user'
import type { Site } from '@/lib/contracts/sites'
import { findSiteOf, findSitesOf, type SiteRow } from '@/lib/data/sites'
import { findTariffsToday } from '@/lib/data/tariffs'

/** The sites a user may see, by name. */
export async function listSitesOf(user: CurrentUser): Promise<Site[]> {
  return describeSites(await findSitesOf(user))
}

/** One of the user's sites; null when there is none of that id or it is somebody else's. */
export async function getSiteOf(user: CurrentUser, siteId: string): Promise<Site | null> {
  const row = await findSiteOf(user, siteId)
  return row && ((await describeSites([row]))[0] ?? null)
}

async function describeSites(rows: readonly SiteRow[]): Promise<Site[]> {
  const tariffs = await findTariffsToday(rows.map(({ id }) => id), Date.now() / 1000)
  return rows.map(({ id, name, location, timeZone, currency, pricePerKwh, buildings }) => ({
    id,
    name,
    location,
    timeZone,
    currency,
    pricePerKwh,
    tariff: tariffs.get(id) ?? null,
    buildings: buildings.map((building) => ({ id: building.id, name: building.name, simulated: building.simulated })),
  }))
}
