import { env } from '@/lib/env'
import { DEMO_ACCOUNTS } from './demo-guard'

/** Why somebody may not have this password, for the field it was typed into; null when it is good. */
export function passwordProblem(username: string, password: string): string | null {
  if (password.toLowerCase().includes(username.toLowerCase()) && username.length >= 4) {
    return 'Must not contain the user name.'
  }
  // Outside demo mode no process would start any more.
  const isDemo = DEMO_ACCOUNTS.some((account) => account.password === password)
  return isDemo && !env().DEMO ? 'Is the password of the demonstration, which everyone knows. Choose another.' : null
}
