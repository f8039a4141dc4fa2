import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { askedSite, type PageQuery } from '@/app/(app)/asked-site'
import { ForecastView } from '@/components/forecast/forecast-view'
import { getTranslations } from '@/components/i18n/server-translations'
import { NoSite } from '@/components/shell/no-site'
import { getSiteOf } from '@/lib/services/describe-sites'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('forecast'))('title') }
}

export default async function ForecastPage({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const { user, siteId, locale } = await askedSite('/insights/forecast', await searchParams)
  if (!siteId) return <NoSite />
  const site = await getSiteOf(user, siteId)
  if (!site) notFound()
  return <ForecastView key={siteId} site={site} locale={locale} />
}
