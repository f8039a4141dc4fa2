import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { askedSite, type PageQuery } from '@/app/(app)/asked-site'
import { getTranslations } from '@/components/i18n/server-translations'
import { AnomalyView } from '@/components/insights/anomaly-view'
import { can } from '@/lib/auth/permissions'
import { getAnomalyOf } from '@/lib/services/anomalies'
import { getSiteOf } from '@/lib/services/describe-sites'

interface AnomalyPageProps {
  params: Promise<{ id: string }>
  searchParams: Promise<PageQuery>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('anomalies'))('title') }
}

export default async function AnomalyPage({ params, searchParams }: AnomalyPageProps) {
  const { id } = await params
  const { user, locale } = await askedSite(`/insights/${id}`, await searchParams)
  const anomaly = await getAnomalyOf(user, id)
  const site = anomaly && (await getSiteOf(user, anomaly.siteId))
  if (!anomaly || !site) notFound()
  return <AnomalyView site={site} locale={locale} anomaly={anomaly} mayDecide={can(user, 'home:teach')} />
}
