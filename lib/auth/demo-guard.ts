import { env } from '@/lib/env'
import { findCredentials } from '@/lib/data/users'
import { verifyPassword } from './password'
import { authSecret, DEFAULT_SECRET } from './secret'

/** The accounts of demo mode; the log-in page may show them there. */
export const DEMO_ACCOUNTS = [
  { username: 'user1', password: 'password123', role: 'viewer' },
  { username: 'admin', password: 'admin123', role: 'admin' },
] as const

const MIN_SECRET_LENGTH = 32

/**
 * To be awaited before a process serves anybody: outside demo mode neither the default secret nor a demo password may be in use.
 * @throws Error saying what to change
 */
export async function assertNoDemoCredentials(): Promise<void> {
  const secret = authSecret()
  if (env().DEMO) return
  const problem = secretProblem(secret) ?? (await accountProblem())
  if (problem) throw new Error(`${problem} To run a demonstration instead, set DEMO=true.`)
}

/** Why a secret is no good outside demo mode; null when it is. */
export function secretProblem(secret: string): string | null {
  if (secret === DEFAULT_SECRET) return 'NEXTAUTH_SECRET is the default that everyone knows. Set it to a random text.'
  if (secret.length < MIN_SECRET_LENGTH) {
    return `NEXTAUTH_SECRET is too short. Set it to at least ${MIN_SECRET_LENGTH} random characters.`
  }
  return null
}

async function accountProblem(): Promise<string | null> {
  const accounts = await findCredentials(DEMO_ACCOUNTS.map(({ username }) => username))
  const open: string[] = []
  for (const { username, passwordHash } of accounts) {
    const demo = DEMO_ACCOUNTS.find((account) => account.username === username)
    if (demo && (await verifyPassword(demo.password, passwordHash))) open.push(username)
  }
  if (open.length === 0) return null
  return `The demo password is still set for: ${open.join(', ')}. Change it or remove the account.`
}
