import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { askedSite, type PageQuery } from '@/app/(app)/asked-site'
import { getTranslations } from '@/components/i18n/server-translations'
import { InsightsView } from '@/components/insights/insights-view'
import { NoSite } from '@/components/shell/no-site'
import { can } from '@/lib/auth/permissions'
import { getAnomalyWatchOf, listAnomalyDetailsOf } from '@/lib/services/anomalies'
import { getSiteOf } from '@/lib/services/describe-sites'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('anomalies'))('title') }
}

export default async function InsightsPage({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const { user, siteId, locale, nowSeconds } = await askedSite('/insights', await searchParams)
  if (!siteId) return <NoSite />
  const [site, anomalies, watch] = await Promise.all([
    getSiteOf(user, siteId),
    listAnomalyDetailsOf(user, siteId),
    getAnomalyWatchOf(user, siteId),
  ])
  if (!site || !anomalies || !watch) notFound()
  return (
    <InsightsView
      key={siteId}
      site={site}
      locale={locale}
      anomalies={anomalies}
      watch={watch}
      nowSeconds={nowSeconds}
      mayDecide={can(user, 'home:teach')}
    />
  )
}
