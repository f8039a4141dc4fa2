import type { Role } from '@/lib/contracts/current-user'
import { prisma } from './prisma'

export interface NewSite {
  id: string
  name: string
  timeZone: string
  currency: string
  pricePerKwh: number
}

/** Creates the user unless the name is taken; never changes an existing one. */
export async function createUserIfAbsent(user: { id: string; username: string; passwordHash: string; role: Role }): Promise<void> {
  await prisma().user.upsert({ where: { username: user.username }, create: user, update: {} })
}

export async function countUsers(): Promise<number> {
  return prisma().user.count()
}

export async function userExists(username: string): Promise<boolean> {
  return (await prisma().user.count({ where: { username } })) > 0
}

/** Creates the site and its building unless they exist. A building heard of before keeps its readings and moves to the site. */
export async function createSiteIfAbsent(site: NewSite, building: { id: string; name: string; simulated: boolean }): Promise<void> {
  await prisma().site.upsert({ where: { id: site.id }, create: site, update: {} })
  await prisma().building.upsert({
    where: { id: building.id },
    create: { ...building, siteId: site.id },
    update: { siteId: site.id, name: building.name },
  })
}

/** Makes a user a member of a site, whose data they then see. */
export async function addMember(siteId: string, username: string): Promise<void> {
  const user = await prisma().user.findUnique({ where: { username }, select: { id: true } })
  if (!user) throw new Error(`There is no user ${username}`)
  await prisma().siteMember.upsert({
    where: { siteId_userId: { siteId, userId: user.id } },
    create: { siteId, userId: user.id },
    update: {},
  })
}
