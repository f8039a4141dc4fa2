import { currentReader } from '@/components/i18n/server-translations'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { requireUser } from '@/lib/auth/require-user'
import { listSitesOf } from '@/lib/services/describe-sites'

export type PageQuery = Record<string, string | string[] | undefined>

interface AskedSite {
  user: CurrentUser
  /** The site the address names, else the user's first; null for a user without any. */
  siteId: string | null
  locale: string
  /** When the page is made, Unix seconds. */
  nowSeconds: number
}

/**
 * For whom and for which site a page is made. Without a session the browser is sent to the log-in page, and back here.
 * @param path the page's own path
 */
export async function askedSite(path: string, query: PageQuery): Promise<AskedSite> {
  const single = Object.entries(query).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []))
  const given = new URLSearchParams(single)
  const user = await requireUser(given.size > 0 ? `${path}?${given}` : path)
  const siteId = given.get('site') ?? (await listSitesOf(user))[0]?.id ?? null
  const { locale } = await currentReader()
  return { user, siteId, locale, nowSeconds: Math.floor(Date.now() / 1000) }
}
