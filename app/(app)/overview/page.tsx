import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { askedSite, type PageQuery } from '@/app/(app)/asked-site'
import { OverviewView } from '@/components/energy/overview-view'
import { getTranslations } from '@/components/i18n/server-translations'
import { NoSite } from '@/components/shell/no-site'
import { getEnergyOverviewOf } from '@/lib/services/energy-overview'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('energy'))('overview.title') }
}

export default async function OverviewPage({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const { user, siteId, locale } = await askedSite('/overview', await searchParams)
  if (!siteId) return <NoSite />
  const overview = await getEnergyOverviewOf(user, siteId)
  if (!overview) notFound()
  return <OverviewView key={siteId} overview={overview} locale={locale} />
}
