import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { askedSite, type PageQuery } from '@/app/(app)/asked-site'
import { QualityView } from '@/components/electrical/quality-view'
import { NothingHere } from '@/components/live/first-reading'
import { NoSite } from '@/components/shell/no-site'
import { getSiteOf } from '@/lib/services/live-snapshot'
import { getPowerQualityOf } from '@/lib/services/power-quality'

export const metadata: Metadata = { title: 'Electrical quality' }

export default async function PowerQualityPage({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const { user, siteId, locale } = await askedSite('/power-quality', await searchParams)
  if (!siteId) return <NoSite />
  const [site, quality] = await Promise.all([getSiteOf(user, siteId), getPowerQualityOf(user, siteId, { range: '24h' })])
  if (!site) notFound()
  if (!quality) {
    return <NothingHere title="No building yet" text={`${site.name} has no building. Whoever manages it can add one.`} />
  }
  return <QualityView key={siteId} site={site} locale={locale} first={quality} />
}
