import type { Prisma } from '@/lib/data/generated/client'
import { prisma } from './prisma'
import { refusedByDatabase } from './user-admin'

export interface SiteFields {
  name: string
  location: string
  timeZone: string
  currency: string
  pricePerKwh: number
}

export interface BuildingClaim {
  id: string
  name: string
}

interface ClaimOptions {
  /** Whether a building may be taken over that was only heard of so far, and belongs to nobody. */
  mayAdopt: boolean
}

/** Thrown to roll back what was done for a building that is somebody else's. */
class BuildingTaken extends Error {
  constructor(readonly buildingId: string) {
    super('building taken')
  }
}

export interface Taken {
  taken: string
}

/** Makes a site whose first member is who makes it. */
export function createSite(
  site: SiteFields & { id: string },
  creatorId: string,
  buildings: readonly BuildingClaim[],
  options: ClaimOptions,
): Promise<null | Taken> {
  return claiming(async (transaction) => {
    await transaction.site.create({ data: { ...site, members: { create: { userId: creatorId } } } })
    for (const building of buildings) await claim(transaction, site.id, building, options)
  })
}

/** Changes a site; buildings it does not have yet are added, the others renamed. */
export function updateSite(
  siteId: string,
  site: SiteFields,
  buildings: readonly BuildingClaim[],
  options: ClaimOptions,
): Promise<null | Taken> {
  return claiming(async (transaction) => {
    await transaction.site.updateMany({ where: { id: siteId }, data: site })
    for (const building of buildings) await claim(transaction, siteId, building, options)
  })
}

/** Removes a site with all it has; its time series are deleted later. @returns whether it was there */
export function deleteSite(siteId: string): Promise<boolean> {
  return prisma().$transaction(async (transaction) => {
    await noteRemoved(transaction, { siteId })
    return (await transaction.site.deleteMany({ where: { id: siteId } })).count > 0
  })
}

/** Removes one building; its time series are deleted later. @returns whether the site had it */
export function deleteBuilding(siteId: string, buildingId: string): Promise<boolean> {
  return prisma().$transaction(async (transaction) => {
    await noteRemoved(transaction, { siteId, id: buildingId })
    return (await transaction.building.deleteMany({ where: { siteId, id: buildingId } })).count > 0
  })
}

async function noteRemoved(transaction: Prisma.TransactionClient, where: { siteId: string; id?: string }): Promise<void> {
  const keys = await transaction.building.findMany({ where, select: { key: true } })
  await transaction.removedBuilding.createMany({ data: keys, skipDuplicates: true })
}

async function claiming(work: (transaction: Prisma.TransactionClient) => Promise<void>): Promise<null | Taken> {
  try {
    const result = await refusedByDatabase(() => prisma().$transaction(work))
    // Two asked for one id at the same time.
    return typeof result === 'string' ? { taken: '' } : null
  } catch (error) {
    if (error instanceof BuildingTaken) return { taken: error.buildingId }
    throw error
  }
}

async function claim(
  transaction: Prisma.TransactionClient,
  siteId: string,
  { id, name }: BuildingClaim,
  { mayAdopt }: ClaimOptions,
): Promise<void> {
  const known = await transaction.building.findUnique({
    where: { id },
    select: { siteId: true, site: { select: { _count: { select: { members: true, buildings: true } } } } },
  })
  if (!known) {
    await transaction.building.create({ data: { id, name, siteId } })
    return
  }
  if (known.siteId === siteId) {
    await transaction.building.update({ where: { id }, data: { name } })
    return
  }
  // A meter that sends before anybody registered its building gets a site of its own, see ensureBuilding.
  const isNobodys = known.siteId === null || (known.siteId === `site_of_${id}` && known.site?._count.members === 0)
  if (!mayAdopt || !isNobodys) throw new BuildingTaken(id)
  await transaction.building.update({ where: { id }, data: { name, siteId } })
  if (known.siteId !== null && known.site?._count.buildings === 1) await transaction.site.delete({ where: { id: known.siteId } })
}
