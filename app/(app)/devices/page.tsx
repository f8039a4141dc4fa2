import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { askedSite, type PageQuery } from '@/app/(app)/asked-site'
import { DevicesView } from '@/components/devices/devices-view'
import { getTranslations } from '@/components/i18n/server-translations'
import { NoSite } from '@/components/shell/no-site'
import { listClustersOf, listDevicesOf } from '@/lib/services/devices'
import { getSiteOf } from '@/lib/services/describe-sites'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('devices'))('title') }
}

export default async function DevicesPage({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const { user, siteId, locale, nowSeconds } = await askedSite('/devices', await searchParams)
  if (!siteId) return <NoSite />
  const [site, devices, clusters] = await Promise.all([
    getSiteOf(user, siteId),
    listDevicesOf(user, { siteId, seen: 'all' }),
    listClustersOf(user, siteId),
  ])
  if (!site || !devices || !clusters) notFound()
  return (
    <DevicesView
      site={site}
      locale={locale}
      devices={devices}
      clusters={clusters.filter(({ cluster }) => cluster !== null)}
      nowSeconds={nowSeconds}
    />
  )
}
