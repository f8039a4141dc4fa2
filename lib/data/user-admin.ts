import type { Role } from '@/lib/contracts/current-user'
import type { Prisma } from '@/lib/data/generated/client'
import { prisma } from './prisma'

export interface UserRow {
  id: string
  username: string
  role: Role
  disabledAt: Date | null
  createdAt: Date
  lastLoginAt: Date | null
  sites: { id: string; name: string }[]
}

export interface UserChangeRow {
  role?: Role
  isDisabled?: boolean
  /** All the sites the user is a member of from now on. */
  siteIds?: readonly string[]
}

export type UserChangeResult = { before: UserRow; after: UserRow } | 'no such user' | 'no such site' | 'last administrator'

const FIELDS = {
  id: true,
  username: true,
  role: true,
  disabledAt: true,
  createdAt: true,
  lastLoginAt: true,
  memberships: { select: { site: { select: { id: true, name: true } } }, orderBy: { site: { name: 'asc' } } },
} as const satisfies Prisma.UserSelect

type Found = Prisma.UserGetPayload<{ select: typeof FIELDS }>

const toRow = ({ memberships, ...user }: Found): UserRow => ({ ...user, sites: memberships.map(({ site }) => site) })

/** All users, by name. */
export async function listUsers(): Promise<UserRow[]> {
  return (await prisma().user.findMany({ select: FIELDS, orderBy: { username: 'asc' } })).map(toRow)
}

export async function findUserRow(userId: string): Promise<UserRow | null> {
  const found = await prisma().user.findUnique({ where: { id: userId }, select: FIELDS })
  return found && toRow(found)
}

export interface NewUserRow {
  id: string
  username: string
  passwordHash: string
  role: Role
  siteIds: readonly string[]
}

export async function createUser(user: NewUserRow): Promise<UserRow | 'name taken' | 'no such site'> {
  return refusedByDatabase(() => prisma().$transaction((transaction) => insertUser(transaction, user)))
}

/** The same inside a transaction of the caller's. @throws what `refusedByDatabase` understands */
export async function insertUser(
  transaction: Prisma.TransactionClient,
  { siteIds, ...user }: NewUserRow,
): Promise<UserRow> {
  const memberships = { create: siteIds.map((siteId) => ({ siteId })) }
  return toRow(await transaction.user.create({ data: { ...user, memberships }, select: FIELDS }))
}

export async function updateUser(userId: string, change: UserChangeRow): Promise<UserChangeResult> {
  const { role, isDisabled, siteIds } = change
  return refusedByDatabase(() =>
    prisma().$transaction(async (transaction) => {
      const isLosingRights = isDisabled === true || (role !== undefined && role !== 'admin')
      if (isLosingRights && (await isLastAdministrator(transaction, userId))) return 'last administrator'
      const before = await transaction.user.findUnique({ where: { id: userId }, select: FIELDS })
      if (!before) return 'no such user'
      if (siteIds) {
        await transaction.siteMember.deleteMany({ where: { userId, siteId: { notIn: [...siteIds] } } })
        const kept = before.memberships.map(({ site }) => site.id)
        const added = siteIds.filter((siteId) => !kept.includes(siteId))
        await transaction.siteMember.createMany({ data: added.map((siteId) => ({ siteId, userId })), skipDuplicates: true })
      }
      const disabledAt = isDisabled === undefined ? undefined : isDisabled ? (before.disabledAt ?? new Date()) : null
      const after = await transaction.user.update({ where: { id: userId }, data: { role, disabledAt }, select: FIELDS })
      return { before: toRow(before), after: toRow(after) }
    }),
  ).then((result) => (result === 'name taken' ? 'no such user' : result))
}

/** @returns the user as it was */
export async function deleteUser(userId: string): Promise<UserRow | 'no such user' | 'last administrator'> {
  return prisma().$transaction(async (transaction) => {
    if (await isLastAdministrator(transaction, userId)) return 'last administrator'
    const before = await transaction.user.findUnique({ where: { id: userId }, select: FIELDS })
    if (!before) return 'no such user'
    await transaction.user.delete({ where: { id: userId } })
    return toRow(before)
  })
}

/** @returns whether there is such a user */
export async function setPasswordHash(userId: string, passwordHash: string): Promise<boolean> {
  return (await prisma().user.updateMany({ where: { id: userId }, data: { passwordHash } })).count > 0
}

/** Locks the administrators, so that two who remove each other at once cannot both succeed. */
async function isLastAdministrator(transaction: Prisma.TransactionClient, userId: string): Promise<boolean> {
  const administrators = await transaction.$queryRaw<{ id: string }[]>`
    SELECT id FROM user_account WHERE role = 'admin' AND disabled_at IS NULL ORDER BY id FOR UPDATE`
  return administrators.length === 1 && administrators[0]?.id === userId
}

/** Prisma's codes: P2002 a unique key is taken, P2003 a row referred to does not exist, P2025 the row is gone. */
export async function refusedByDatabase<Result>(work: () => Promise<Result>): Promise<Result | 'name taken' | 'no such site'> {
  try {
    return await work()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'P2002') return 'name taken'
    if (code === 'P2003') return 'no such site'
    throw error
  }
}
