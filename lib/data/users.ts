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
}

const ACCOUNT = { id: true, username: true, role: true } as const

export function findUser(userId: string): Promise<UserAccount | null> {
  return prisma().user.findUnique({ where: { id: userId }, select: ACCOUNT })
}

export function findCredentials(usernames: readonly string[]): Promise<UserCredentials[]> {
  return prisma().user.findMany({ where: { username: { in: [...usernames] } }, select: { ...ACCOUNT, passwordHash: true } })
}
