import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { askedSite, type PageQuery } from '@/app/(app)/asked-site'
import { getTranslations } from '@/components/i18n/server-translations'
import { MaintenanceView } from '@/components/maintenance/maintenance-view'
import { NoSite } from '@/components/shell/no-site'
import { can } from '@/lib/auth/permissions'
import { getSiteOf } from '@/lib/services/describe-sites'
import { getSiteMaintenanceOf } from '@/lib/services/maintenance'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('maintenance'))('title') }
}

export default async function MaintenancePage({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const { user, siteId, locale } = await askedSite('/insights/maintenance', await searchParams)
  if (!siteId) return <NoSite />
  const [site, maintenance] = await Promise.all([getSiteOf(user, siteId), getSiteMaintenanceOf(user, siteId)])
  if (!site || !maintenance) notFound()
  return (
    <MaintenanceView key={siteId} site={site} locale={locale} maintenance={maintenance} mayManage={can(user, 'asset:manage')} />
  )
}
