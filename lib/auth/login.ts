import { findCredentials, type UserAccount } from '@/lib/data/users'
import { attemptSucceeded, beginAttempt } from './login-throttle'
import { verifyPassword } from './password'

export class TooManyLoginAttempts extends Error {
  constructor(readonly retryAfterSeconds: number) {
    super('TooManyAttempts')
    this.name = 'TooManyLoginAttempts'
  }
}

/**
 * Checks a user name and password. Takes as long for a name nobody has, or a disabled one, as for a wrong password.
 * @param address where the attempt comes from, see `clientAddress`
 * @returns the account, or null when the two do not belong together
 * @throws TooManyLoginAttempts
 */
export async function verifyLogin(username: string, password: string, address: string): Promise<UserAccount | null> {
  const waitSeconds = await beginAttempt(username, address)
  if (waitSeconds > 0) throw new TooManyLoginAttempts(Math.ceil(waitSeconds))
  // PostgreSQL takes no such character, and nobody's name has one.
  const [found] = username.includes('\0') ? [] : await findCredentials([username])
  const matches = await verifyPassword(password, found?.passwordHash ?? null)
  if (!found || !matches || found.isDisabled) return null
  await attemptSucceeded(username, address)
  return { id: found.id, username: found.username, role: found.role }
}

/**
 * The caller's address: what the nearest proxy added to X-Forwarded-For (its last entry). Next sets the header itself when a
 * client connects directly; such a client can forge it, which is why user names are throttled on their own as well.
 */
export function clientAddress(forwardedFor: string | null | undefined): string {
  return forwardedFor?.split(',').at(-1)?.trim() || 'unknown'
}
