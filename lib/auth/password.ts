import { randomBytes } from 'node:crypto'
import { compare, hash, truncates } from 'bcryptjs'

const COST = 11

/**
 * bcrypt hash of a password.
 * @throws RangeError when it is empty or over 72 bytes, of which bcrypt would ignore the rest
 */
export async function hashPassword(password: string): Promise<string> {
  if (password.length === 0 || truncates(password)) throw new RangeError('A password must have 1 to 72 bytes')
  return hash(password, COST)
}

let decoy: Promise<string> | undefined

/** Compares with the hash, or, for an unknown user (null), with a decoy: both take the same time. */
export async function verifyPassword(password: string, passwordHash: string | null): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(32).toString('base64'))
  const matches = await compare(password, passwordHash ?? (await decoy))
  return matches && passwordHash !== null && !truncates(password)
}
