import type { Role } from '@/lib/contracts/current-user'
import { prisma } from './prisma'

export interface SiteMemberRow {
  id: string
  username: string
  role: Role
  disabledAt: Date | null
}

const USER = { id: true, username: true, role: true, disabledAt: true } as const

/** A site's members by name; null when there is no such site. */
export async function listMembers(siteId: string): Promise<SiteMemberRow[] | null> {
  const site = await prisma().site.findUnique({
    where: { id: siteId },
    select: { members: { select: { user: { select: USER } }, orderBy: { user: { username: 'asc' } } } },
  })
  return site && site.members.map(({ user }) => user)
}

/** Nothing changes for who is a member already. */
export async function addSiteMember(siteId: string, userId: string): Promise<null | 'no such site' | 'no such user'> {
  const [site, user] = await Promise.all([
    prisma().site.count({ where: { id: siteId } }),
    prisma().user.count({ where: { id: userId } }),
  ])
  if (site === 0) return 'no such site'
  if (user === 0) return 'no such user'
  await prisma().siteMember.createMany({ data: [{ siteId, userId }], skipDuplicates: true })
  return null
}

/** @returns whether the user was a member */
export async function removeSiteMember(siteId: string, userId: string): Promise<boolean> {
  return (await prisma().siteMember.deleteMany({ where: { siteId, userId } })).count > 0
}
