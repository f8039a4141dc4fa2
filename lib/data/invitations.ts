import type { Role } from '@/lib/contracts/current-user'
import type { Prisma } from '@/lib/data/generated/client'
import { prisma } from './prisma'
import { insertUser, refusedByDatabase, type NewUserRow, type UserRow } from './user-admin'

export interface InvitationRow {
  id: string
  role: Role
  note: string
  createdAt: Date
  expiresAt: Date
  createdBy: { id: string; username: string }
  sites: { id: string; name: string }[]
}

export interface NewInvitationRow {
  id: string
  secretHash: string
  role: Role
  note: string
  createdById: string
  expiresAt: Date
  siteIds: readonly string[]
}

const FIELDS = {
  id: true,
  role: true,
  note: true,
  createdAt: true,
  expiresAt: true,
  createdBy: { select: { id: true, username: true } },
  sites: { select: { site: { select: { id: true, name: true } } }, orderBy: { site: { name: 'asc' } } },
} as const satisfies Prisma.InvitationSelect

type Found = Prisma.InvitationGetPayload<{ select: typeof FIELDS }>

const toRow = ({ sites, ...invitation }: Found): InvitationRow => ({ ...invitation, sites: sites.map(({ site }) => site) })

/** An invitation holds until it expires, and as long as whoever made it may still invite. */
const open = () => ({ expiresAt: { gt: new Date() }, createdBy: { is: { role: 'admin' as const, disabledAt: null } } })

export async function createInvitation({ siteIds, ...invitation }: NewInvitationRow): Promise<InvitationRow | 'no such site'> {
  const sites = { create: siteIds.map((siteId) => ({ siteId })) }
  const made = await refusedByDatabase(() => prisma().invitation.create({ data: { ...invitation, sites }, select: FIELDS }))
  return made === 'name taken' || made === 'no such site' ? 'no such site' : toRow(made)
}

/** Those that can still be accepted, newest first; clears away what has expired. */
export async function listInvitations(): Promise<InvitationRow[]> {
  await prisma().invitation.deleteMany({ where: { expiresAt: { lte: new Date() } } })
  const found = await prisma().invitation.findMany({ where: open(), select: FIELDS, orderBy: { createdAt: 'desc' } })
  return found.map(toRow)
}

export async function findOpenInvitation(secretHash: string): Promise<InvitationRow | null> {
  const found = await prisma().invitation.findFirst({ where: { secretHash, ...open() }, select: FIELDS })
  return found && toRow(found)
}

/** @returns the invitation that was withdrawn, or null when there is none of this id */
export async function deleteInvitation(id: string): Promise<InvitationRow | null> {
  const found = await prisma().invitation.findUnique({ where: { id }, select: FIELDS })
  if (!found) return null
  return (await prisma().invitation.deleteMany({ where: { id } })).count > 0 ? toRow(found) : null
}

/** Makes the invited user and uses the invitation up, both or neither; of several at once one succeeds. */
export async function acceptInvitation(
  secretHash: string,
  user: Pick<NewUserRow, 'id' | 'username' | 'passwordHash'>,
): Promise<UserRow | 'no such invitation' | 'name taken'> {
  const made = await refusedByDatabase(() =>
    prisma().$transaction(async (transaction) => {
      const found = await transaction.invitation.findFirst({ where: { secretHash, ...open() }, select: FIELDS })
      if (!found) return 'no such invitation' as const
      const { count } = await transaction.invitation.deleteMany({ where: { id: found.id } })
      if (count === 0) return 'no such invitation' as const
      return insertUser(transaction, { ...user, role: found.role, siteIds: found.sites.map(({ site }) => site.id) })
    }),
  )
  // A site removed in this very moment: the invitation stays, and no longer names it.
  return made === 'no such site' ? 'no such invitation' : made
}
