import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { askedSite, type PageQuery } from '@/app/(app)/asked-site'
import { QualityView } from '@/components/electrical/quality-view'
import { getTranslations } from '@/components/i18n/server-translations'
import { NothingHere } from '@/components/live/first-reading'
import { NoSite } from '@/components/shell/no-site'
import { getSiteOf } from '@/lib/services/describe-sites'
import { getPowerQualityOf } from '@/lib/services/power-quality'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('electrical'))('title') }
}

export default async function PowerQualityPage({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const { user, siteId, locale } = await askedSite('/power-quality', await searchParams)
  if (!siteId) return <NoSite />
  const [site, quality] = await Promise.all([getSiteOf(user, siteId), getPowerQualityOf(user, siteId, { range: '24h' })])
  if (!site) notFound()
  if (!quality) {
    const t = await getTranslations('electrical')
    return <NothingHere title={t('noBuilding.title')} text={t('noBuilding.text', { site: site.name })} />
  }
  return <QualityView key={siteId} site={site} locale={locale} first={quality} />
}
