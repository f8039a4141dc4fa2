import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Invitation, NewInvitation, User } from '@/lib/contracts/accounts'
import {
  acceptInvitation,
  createInvitation,
  deleteInvitation,
  findOpenInvitation,
  listInvitations,
  type InvitationRow,
} from '@/lib/data/invitations'
import { toUser, type WeakPassword } from './manage-users'
import { hashPassword } from './password'
import { passwordProblem } from './password-rules'

const TOKEN_BYTES = 32
const DAY_MILLISECONDS = 86_400_000

/** The invitations that can still be accepted, newest first. */
export async function listOpenInvitations(): Promise<Invitation[]> {
  return (await listInvitations()).map(toInvitation)
}

/** Makes an invitation. `token` is the only copy: the database has its hash. */
export async function invite(
  userId: string,
  { role, note, siteIds, expiresInDays }: NewInvitation,
): Promise<{ invitation: Invitation; token: string } | 'no such site'> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const row = await createInvitation({
    id: `invitation_${randomUUID()}`,
    secretHash: hashOf(token),
    role,
    note,
    createdById: userId,
    expiresAt: new Date(Date.now() + expiresInDays * DAY_MILLISECONDS),
    siteIds: [...new Set(siteIds)],
  })
  return typeof row === 'string' ? row : { invitation: toInvitation(row), token }
}

/** The path of the page on which an invitation is accepted. */
export const invitationPath = (token: string): string => `/invitation/${token}`

/** What a link stands for; null when it was used, withdrawn, has expired, or never was. */
export async function readInvitation(token: string): Promise<Invitation | null> {
  const row = await findOpenInvitation(hashOf(token))
  return row && toInvitation(row)
}

/** @returns the invitation as it was; null when there is none of this id */
export async function withdrawInvitation(id: string): Promise<Invitation | null> {
  const row = await deleteInvitation(id)
  return row && toInvitation(row)
}

/** Makes the account that an invitation offers, under the name and password its owner chose. The link is used up by it. */
export async function acceptWith(
  token: string,
  username: string,
  password: string,
): Promise<User | 'no such invitation' | 'name taken' | WeakPassword> {
  // Asked first, so that only who holds a link makes this process hash passwords.
  if (!(await readInvitation(token))) return 'no such invitation'
  const problem = passwordProblem(username, password)
  if (problem) return { problem }
  const passwordHash = await hashPassword(password)
  const made = await acceptInvitation(hashOf(token), { id: `user_${randomUUID()}`, username, passwordHash })
  return typeof made === 'string' ? made : toUser(made)
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

function toInvitation({ createdBy, createdAt, expiresAt, ...row }: InvitationRow): Invitation {
  return {
    ...row,
    createdBy: createdBy.username,
    createdAt: createdAt.getTime() / 1000,
    expiresAt: expiresAt.getTime() / 1000,
  }
}
