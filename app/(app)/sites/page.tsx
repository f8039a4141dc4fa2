import type { Metadata } from 'next'
import { currentReader, getTranslations } from '@/components/i18n/server-translations'
import { SitesView } from '@/components/sites/sites-view'
import { can } from '@/lib/auth/permissions'
import { requireUser } from '@/lib/auth/require-user'
import { listSitesOf } from '@/lib/services/describe-sites'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sites'))('title') }
}

export default async function SitesPage() {
  const user = await requireUser('/sites')
  const sites = await listSitesOf(user)
  const { locale } = await currentReader()
  return <SitesView sites={sites} locale={locale} mayManage={can(user, 'site:manage')} />
}
