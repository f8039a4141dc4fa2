import { newPasswordSchema, usernameSchema } from '@/lib/contracts/accounts'
import { env } from '@/lib/env'
import { passwordProblem } from './password-rules'

/** Why ADMIN_USERNAME and ADMIN_PASSWORD make no first account, with what to do; null where they do. */
export function firstAccountProblem(): string | null {
  const { ADMIN_USERNAME, ADMIN_PASSWORD } = env()
  if (!ADMIN_PASSWORD) {
    return (
      'There is no account yet. Set ADMIN_PASSWORD (and ADMIN_USERNAME, by default admin) for the first start, ' +
      'or DEMO=true for a demonstration.'
    )
  }
  const username = usernameSchema.safeParse(ADMIN_USERNAME)
  if (!username.success) return `ADMIN_USERNAME cannot be used: ${username.error.issues[0]?.message}.`
  const password = newPasswordSchema.safeParse(ADMIN_PASSWORD)
  const problem = password.success ? passwordProblem(ADMIN_USERNAME, ADMIN_PASSWORD) : password.error.issues[0]?.message
  return problem ? `ADMIN_PASSWORD cannot be used: ${problem}` : null
}
