import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { authenticate, type AuthenticatedSession } from './current-user'
import { loginAddress, PAGE_PATH_HEADER } from './page-path'

/** Who a page is rendered for; null when nobody is logged in. */
export async function optionalUser(): Promise<CurrentUser | null> {
  return (await pageSession())?.user ?? null
}

/** The session a page is rendered for, with the credential it came with. */
export async function pageSession(): Promise<AuthenticatedSession | null> {
  const given = await headers()
  return authenticate({ cookie: given.get('cookie'), authorization: given.get('authorization') })
}

/**
 * Who a page is rendered for. Without a session the browser is sent to the log-in page, and from there back to this address.
 * @param path the page's own path, for where the proxy did not say the address
 */
export async function requireUser(path = '/'): Promise<CurrentUser> {
  const user = await optionalUser()
  if (!user) redirect(loginAddress((await headers()).get(PAGE_PATH_HEADER) ?? path))
  return user
}
