import type { CurrentUser } from '@/lib/contracts/current-user'
import { BUILDING_FIELDS, type BuildingRow } from './buildings'
import { prisma } from './prisma'

export interface SiteRow {
  id: string
  name: string
  location: string
  /** IANA name. */
  timeZone: string
  /** ISO 4217. */
  currency: string
  pricePerKwh: number
  /** In order of registration. */
  buildings: BuildingRow[]
}

export type SiteViewer = Pick<CurrentUser, 'id' | 'siteScope'>

const SITE_FIELDS = {
  id: true,
  name: true,
  location: true,
  timeZone: true,
  currency: true,
  pricePerKwh: true,
  buildings: { select: BUILDING_FIELDS, orderBy: { key: 'asc' } },
} as const

/** The sites a user may see, by name. */
export function findSitesOf(viewer: SiteViewer): Promise<SiteRow[]> {
  return prisma().site.findMany({ where: visibleTo(viewer), select: SITE_FIELDS, orderBy: [{ name: 'asc' }, { id: 'asc' }] })
}

/** A site if it exists and the user may see it; the two cannot be told apart from outside. */
export function findSiteOf(viewer: SiteViewer, siteId: string): Promise<SiteRow | null> {
  return prisma().site.findFirst({ where: { id: siteId, ...visibleTo(viewer) }, select: SITE_FIELDS })
}

/** A site whoever asks: for processes that have checked the asker already. */
export function findSite(siteId: string): Promise<SiteRow | null> {
  return prisma().site.findUnique({ where: { id: siteId }, select: SITE_FIELDS })
}

/** The site of a building; null where it is of none, or gone. */
export function findSiteOfBuilding(buildingKey: number): Promise<SiteRow | null> {
  return prisma().site.findFirst({ where: { buildings: { some: { key: buildingKey } } }, select: SITE_FIELDS })
}

export async function isSiteVisible(viewer: SiteViewer, siteId: string): Promise<boolean> {
  return (await prisma().site.count({ where: { id: siteId, ...visibleTo(viewer) } })) > 0
}

function visibleTo(viewer: SiteViewer) {
  return viewer.siteScope === 'all' ? {} : { members: { some: { userId: viewer.id } } }
}
