import type { Metadata } from 'next'
import { currentReader } from '@/components/i18n/server-translations'
import { SitesView } from '@/components/sites/sites-view'
import { can } from '@/lib/auth/permissions'
import { requireUser } from '@/lib/auth/require-user'
import { listSitesOf } from '@/lib/services/live-snapshot'

export const metadata: Metadata = { title: 'Sites' }

export default async function SitesPage() {
  const user = await requireUser('/sites')
  const sites = await listSitesOf(user)
  const { locale } = await currentReader()
  return <SitesView sites={sites} locale={locale} mayManage={can(user, 'site:manage')} />
}
