import { randomUUID } from 'node:crypto'
import type { NewUser, User, UserChange } from '@/lib/contracts/accounts'
import { createUser, deleteUser, findUserRow, listUsers, setPasswordHash, updateUser, type UserRow } from '@/lib/data/user-admin'
import { forgetUser } from './current-user'
import { verifyLogin } from './login'
import { hashPassword } from './password'
import { passwordProblem } from './password-rules'
import { endSessionsOf } from './sessions'

/** A password that the rules refuse; `problem` is for the field it was typed into. */
export interface WeakPassword {
  problem: string
}

/** Every user, by name. */
export async function listAllUsers(): Promise<User[]> {
  return (await listUsers()).map(toUser)
}

export async function getUser(userId: string): Promise<User | null> {
  const row = await findUserRow(userId)
  return row && toUser(row)
}

export async function createUserAccount(
  { username, password, role, siteIds }: NewUser,
): Promise<User | 'name taken' | 'no such site' | WeakPassword> {
  const problem = passwordProblem(username, password)
  if (problem) return { problem }
  const passwordHash = await hashPassword(password)
  const made = await createUser({ id: `user_${randomUUID()}`, username, passwordHash, role, siteIds: [...new Set(siteIds)] })
  return typeof made === 'string' ? made : toUser(made)
}

/**
 * Changes role, access or sites. A user who is disabled is logged out; API keys stay and count again when it is enabled.
 * There is always an administrator left.
 */
export async function changeUser(
  userId: string,
  change: UserChange,
): Promise<{ before: User; after: User } | 'no such user' | 'no such site' | 'last administrator'> {
  const result = await updateUser(userId, change)
  if (typeof result === 'string') return result
  if (result.after.disabledAt) await endSessionsOf(userId)
  forgetUser(userId)
  return { before: toUser(result.before), after: toUser(result.after) }
}

/** Removes a user with its sessions, keys and memberships; sites stay. @returns the user as it was */
export async function removeUser(userId: string): Promise<User | 'no such user' | 'last administrator'> {
  const removed = await deleteUser(userId)
  forgetUser(userId)
  return typeof removed === 'string' ? removed : toUser(removed)
}

/** Gives a user another password and logs it out everywhere. @returns the user whose password it is */
export async function resetPassword(userId: string, password: string): Promise<User | 'no such user' | WeakPassword> {
  const user = await getUser(userId)
  if (!user) return 'no such user'
  const problem = passwordProblem(user.username, password)
  if (problem) return { problem }
  if (!(await setPasswordHash(userId, await hashPassword(password)))) return 'no such user'
  await endSessionsOf(userId)
  return user
}

/**
 * Changes one's own password, and logs every other session out.
 * @param place where the request comes from, and the session that stays
 * @throws TooManyLoginAttempts
 */
export async function changePassword(
  user: { id: string; username: string },
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
  place: { address: string; sessionId: string | undefined },
): Promise<{ endedSessions: number } | 'wrong password' | WeakPassword> {
  const account = await verifyLogin(user.username, currentPassword, place.address)
  if (account?.id !== user.id) return 'wrong password'
  const problem = currentPassword === newPassword ? 'Is the password you have now. Choose another.' : passwordProblem(user.username, newPassword)
  if (problem) return { problem }
  await setPasswordHash(user.id, await hashPassword(newPassword))
  return { endedSessions: await endSessionsOf(user.id, place.sessionId) }
}

export function toUser({ disabledAt, createdAt, lastLoginAt, ...row }: UserRow): User {
  return {
    ...row,
    isDisabled: disabledAt !== null,
    createdAt: createdAt.getTime() / 1000,
    lastLoginAt: lastLoginAt && lastLoginAt.getTime() / 1000,
  }
}
