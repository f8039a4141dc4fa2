import { TooManyLoginAttempts } from '@/lib/auth/login'
import { Problem } from './problem'

/** For `catch`: tells a caller who guesses passwords how long to wait. @throws always */
export function refuseTooManyAttempts(error: unknown): never {
  if (!(error instanceof TooManyLoginAttempts)) throw error
  throw new Problem(429, 'Too many attempts. Wait a few minutes, then try again.', {
    headers: { 'retry-after': String(error.retryAfterSeconds) },
  })
}
