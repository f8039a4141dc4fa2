import type { Role } from '@/lib/contracts/current-user'
import { prisma } from './prisma'

export interface UserAccount {
  id: string
  username: string
  role: Role
}

export interface UserCredentials extends UserAccount {
  /** bcrypt. */
  passwordHash: string
  isDisabled: boolean
}

const ACCOUNT = { id: true, username: true, role: true } as const

/** A user who may use the application; null when there is none or it is disabled. */
export function findUser(userId: string): Promise<UserAccount | null> {
  return prisma().user.findFirst({ where: { id: userId, disabledAt: null }, select: ACCOUNT })
}

export async function findCredentials(usernames: readonly string[]): Promise<UserCredentials[]> {
  const rows = await prisma().user.findMany({
    where: { username: { in: [...usernames] } },
    select: { ...ACCOUNT, passwordHash: true, disabledAt: true },
  })
  return rows.map(({ disabledAt, ...row }) => ({ ...row, isDisabled: disabledAt !== null }))
}
