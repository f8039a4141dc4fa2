import { randomUUID } from 'node:crypto'
import type { CurrentUser } from '@/lib/contracts/current-user'
import type { Rooms } from '@/lib/contracts/energy'
import type { CarbonFactor, NewTariff, SiteTariffs, Tariff } from '@/lib/contracts/tariffs'
import { findRooms, replaceRooms } from '@/lib/data/rooms'
import { findSiteOf } from '@/lib/data/sites'
import {
  deleteTariff,
  findCarbonFactors,
  findTariffs,
  insertTariff,
  replaceCarbonFactors,
  updateTariff,
} from '@/lib/data/tariffs'

export type TariffRefusal = 'no such site' | 'no such tariff' | 'day taken'

/** The tariffs of one of the user's sites, by first day; null = no such site. */
export async function listTariffsOf(user: CurrentUser, siteId: string): Promise<SiteTariffs | null> {
  const site = await findSiteOf(user, siteId)
  return site && { currency: site.currency, pricePerKwhBefore: site.pricePerKwh, data: await findTariffs(siteId) }
}

export async function createTariffOf(user: CurrentUser, siteId: string, tariff: NewTariff): Promise<Tariff | TariffRefusal> {
  const site = await findSiteOf(user, siteId)
  if (!site) return 'no such site'
  return (await insertTariff(siteId, `tariff_${randomUUID()}`, tariff, site.currency)) ?? 'day taken'
}

/** Corrects a tariff, also for the time that is past; a new price from some day on is a new tariff. */
export async function changeTariffOf(
  user: CurrentUser,
  siteId: string,
  tariffId: string,
  tariff: NewTariff,
): Promise<Tariff | TariffRefusal> {
  const site = await findSiteOf(user, siteId)
  if (!site) return 'no such site'
  const changed = await updateTariff(siteId, tariffId, tariff, site.currency)
  return changed === 'none' ? 'no such tariff' : (changed ?? 'day taken')
}

export async function removeTariffOf(user: CurrentUser, siteId: string, tariffId: string): Promise<boolean> {
  return (await findSiteOf(user, siteId)) !== null && deleteTariff(siteId, tariffId)
}

/** null = no such site. */
export async function listCarbonFactorsOf(user: CurrentUser, siteId: string): Promise<CarbonFactor[] | null> {
  return (await findSiteOf(user, siteId)) && findCarbonFactors(siteId)
}

/** Puts these in place of all that the site had; null = no such site. */
export async function setCarbonFactorsOf(
  user: CurrentUser,
  siteId: string,
  factors: readonly CarbonFactor[],
): Promise<CarbonFactor[] | null> {
  if (!(await findSiteOf(user, siteId))) return null
  await replaceCarbonFactors(siteId, factors)
  return findCarbonFactors(siteId)
}

/** In which rooms the appliances of one of the user's sites stand; null = no such site. */
export async function listRoomsOf(user: CurrentUser, siteId: string): Promise<Rooms | null> {
  const site = await findSiteOf(user, siteId)
  if (!site) return null
  const idOf = new Map(site.buildings.map(({ key, id }) => [key, id]))
  const rooms = await findRooms([...idOf.keys()])
  return { rooms: rooms.map(({ buildingKey, ...room }) => ({ buildingId: idOf.get(buildingKey) ?? '', ...room })) }
}

/** Puts these in place of all rooms of the site. @returns the id of a building that the site does not have as `missing` */
export async function setRoomsOf(
  user: CurrentUser,
  siteId: string,
  { rooms }: Rooms,
): Promise<Rooms | { missing: string } | null> {
  const site = await findSiteOf(user, siteId)
  if (!site) return null
  const keyOf = new Map(site.buildings.map(({ key, id }) => [id, key]))
  const rows = rooms.map(({ buildingId, ...room }) => ({ buildingKey: keyOf.get(buildingId), buildingId, ...room }))
  const known = rows.flatMap(({ buildingKey, appliance, room }) =>
    buildingKey === undefined ? [] : [{ buildingKey, appliance, room }],
  )
  const missing = rows.find(({ buildingKey }) => buildingKey === undefined)
  if (missing) return { missing: missing.buildingId }
  await replaceRooms([...keyOf.values()], known)
  return listRoomsOf(user, siteId)
}
