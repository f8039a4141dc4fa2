import type { SiteMember } from '@/lib/contracts/accounts'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { addSiteMember, listMembers, removeSiteMember, type SiteMemberRow } from '@/lib/data/site-members'
import { isSiteVisible } from '@/lib/data/sites'

export interface MembersChange {
  before: SiteMember[]
  after: SiteMember[]
}

/** Who may see a site besides administrators, by name; null where the user sees no such site. */
export async function listMembersOf(user: CurrentUser, siteId: string): Promise<SiteMember[] | null> {
  if (!(await isSiteVisible(user, siteId))) return null
  return (await listMembers(siteId))?.map(toMember) ?? null
}

/** Makes somebody a member of a site; nothing changes for who is one already. */
export async function addMemberOf(
  user: CurrentUser,
  siteId: string,
  userId: string,
): Promise<MembersChange | 'no such site' | 'no such user'> {
  const before = await listMembersOf(user, siteId)
  if (!before) return 'no such site'
  const refused = await addSiteMember(siteId, userId)
  if (refused) return refused
  return { before, after: (await listMembersOf(user, siteId)) ?? [] }
}

export async function removeMemberOf(
  user: CurrentUser,
  siteId: string,
  userId: string,
): Promise<MembersChange | 'no such site' | 'no such user'> {
  const before = await listMembersOf(user, siteId)
  if (!before) return 'no such site'
  if (!(await removeSiteMember(siteId, userId))) return 'no such user'
  return { before, after: (await listMembersOf(user, siteId)) ?? [] }
}

function toMember({ disabledAt, ...member }: SiteMemberRow): SiteMember {
  return { ...member, isDisabled: disabledAt !== null }
}
